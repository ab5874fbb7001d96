import { Unanswered } from "../../api";
import type { Desk } from "../../desk";
import type { Drawn } from "../../pen";
import { draftOf, keepDraft } from "./draft";
import { membersOf, NO_GROUP, seenOf, tidied } from "./groups";
import { MOST_DRAWINGS, sharedDrawings } from "./several";
import { type Kept, sharedDrawing } from "./sharing";
import { drawWords } from "./words";

/** A shared drawing: to be drawn on by who has its edit link, to be looked at by everybody else. */
export async function openShared(desk: Desk, code: string, isToGo: boolean): Promise<void> {
  try {
    const kept = await sharedDrawing(desk.config, code, desk.language);
    const edit = kept.may_edit ? code : draftOf(kept.view).shared?.edit;
    const inSight = seenOf(kept).length > 0 ? seenOf(kept) : kept.features;
    if (isToGo && inSight.length > 0) {
      desk.view.goToShape({ type: "GeometryCollection", geometries: inSight.map(({ geometry }) => geometry) });
    }
    // What stands in the address may be copied from there: it never is the code to change the drawing.
    desk.drawing = kept.view;
    if (edit !== undefined) return await goOn(desk, kept, edit);
    showIt(desk, kept);
    desk.tell(drawWords(desk).toLookAt);
  } catch (error) {
    const isGone = error instanceof Unanswered && error.isFinal;
    if (isGone && draftOf(code).features.length > 0) return await keepOn(desk, code);
    if (isGone) desk.drawing = null;
    desk.tell((isGone ? error.sentence : null) ?? drawWords(desk).notOpened);
  }
}

/** Whoever ended the sharing: what was drawn here stays with who drew it. */
async function keepOn(desk: Desk, code: string): Promise<void> {
  keepDraft(code, { ...draftOf(code), shared: null });
  desk.drawing = draftOf(code).features.length > 0 ? code : null;  // one's own has no code any more
  await desk.openTool("draw", () => import("./tool"));
  desk.tell(drawWords(desk).sharedNoLonger);
}

/** The drawings of one link, each to be looked at, the first on top. */
export async function openSeveral(desk: Desk, codes: readonly string[], isToGo: boolean): Promise<void> {
  const words = drawWords(desk);
  try {
    const { kept, gone } = await sharedDrawings(desk, codes.slice(0, MOST_DRAWINGS));
    const inSight = kept.flatMap(seenOf);
    if (isToGo && inSight.length > 0) desk.view.goToShape({ type: "GeometryCollection", geometries: inSight.map(({ geometry }) => geometry) });
    desk.drawing = kept.length === 0 ? null : kept.map(({ view }) => view).join(",");
    [...kept.entries()].reverse().forEach(([place, one]) => showIt(desk, { ...one, title: one.title || `${words.sharedDrawing} ${place + 1}` }));
    desk.tell([...(kept.length > 0 ? [words.severalToLookAt(kept.length)] : []), ...(gone > 0 ? [words.someGone(gone)] : [])].join(" "));
  } catch {
    desk.tell(words.notOpened);
  }
}

/** Each group as a layer of its own, the first on top, hidden where who drew it has hidden it. */
function showIt(desk: Desk, { title, ...kept }: Kept): void {
  const words = drawWords(desk);
  const { groups } = tidied(kept);
  const add = (name: string, shapes: readonly Drawn[], isShown: boolean): void => {
    const features = shapes.map(({ geometry, properties }) => ({ type: "Feature" as const, geometry, properties: { [words.labelField]: properties["label"] } }));
    desk.own.add(words.sharedDrawing, { name, fields: [words.labelField], count: features.length, features }, null, { isShown, opacity: 1 });
  };
  const whole = title || words.sharedDrawing;
  const loose = membersOf(kept, NO_GROUP);
  if (loose.length > 0 || groups.length === 0) add(whole, loose, true);
  for (const { name, is_hidden } of groups.toReversed()) add(`${whole} · ${name}`, membersOf(kept, name), !is_hidden);
}

/** Where this browser has drawn on it before, the tool finds out which of the two is ahead. */
async function goOn(desk: Desk, { view, version, ...kept }: Kept, edit: string): Promise<void> {
  if (draftOf(view).shared === null) keepDraft(view, { ...tidied(kept), shared: { view, edit, version, isSent: true } });
  await desk.openTool("draw", () => import("./tool"));
}
