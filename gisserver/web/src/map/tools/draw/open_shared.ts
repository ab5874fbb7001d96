import { Unanswered } from "../../api";
import type { Desk } from "../../desk";
import { draftOf, keepDraft } from "./draft";
import { type Kept, sharedDrawing } from "./sharing";
import { drawWords } from "./words";

/** A shared drawing: to be drawn on by who has its edit link, to be looked at by everybody else. */
export async function openShared(desk: Desk, code: string, isToGo: boolean): Promise<void> {
  try {
    const kept = await sharedDrawing(desk.config, code, desk.language);
    const edit = kept.may_edit ? code : draftOf(kept.view).shared?.edit;
    if (isToGo && kept.features.length > 0) {
      desk.view.goToShape({ type: "GeometryCollection", geometries: kept.features.map(({ geometry }) => geometry) });
    }
    // What stands in the address may be copied from there: it never is the code to change the drawing.
    desk.drawing = kept.view;
    if (edit === undefined) showIt(desk, kept);
    else await goOn(desk, kept, edit);
  } catch (error) {
    const isGone = error instanceof Unanswered && error.isFinal;
    if (isGone) desk.drawing = null;
    desk.tell((isGone ? error.sentence : null) ?? drawWords(desk).notOpened);
  }
}

function showIt(desk: Desk, { title, features }: Kept): void {
  const words = drawWords(desk);
  const plain = features.map(({ geometry, properties }) => ({ type: "Feature" as const, geometry, properties: { [words.labelField]: properties["label"] } }));
  desk.own.add(words.sharedDrawing, { name: title || words.sharedDrawing, fields: [words.labelField], count: plain.length, features: plain });
  desk.tell(words.toLookAt);
}

/** Where this browser has drawn on it before, the tool finds out which of the two is ahead. */
async function goOn(desk: Desk, { view, version, features }: Kept, edit: string): Promise<void> {
  if (draftOf(view).shared === null) keepDraft(view, { features, shared: { view, edit, version, isSent: true } });
  await desk.openTool("draw", () => import("./tool"));
}
