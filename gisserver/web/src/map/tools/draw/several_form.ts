import { chip } from "../../chips";
import type { Desk } from "../../desk";
import { element } from "../../element";
import { codesIn, linkToAll, MOST_DRAWINGS, sharedDrawings } from "./several";
import { drawWords } from "./words";

/** One link that shows this drawing and others together, for whoever has their links. `offer` hands the link on. */
export function severalForm(desk: Desk, view: string, offer: (link: string, sentence: string) => Promise<void>, say: (sentence: string) => void): HTMLElement {
  const words = drawWords(desk);
  const others = element("textarea", { rows: 3 });
  const copy = async (): Promise<void> => {
    const { codes, senseless } = codesIn(others.value);
    if (senseless.length > 0) return say(words.noLink(senseless[0]!.slice(0, 60)));
    if (codes.length === 0) return say(words.noOthers);
    if (codes.length >= MOST_DRAWINGS) return say(words.tooManyDrawings(MOST_DRAWINGS));
    try {
      const { kept, gone } = await sharedDrawings(desk, [view, ...codes]);
      if (gone > 0) return say(words.someGone(gone));
      if (kept.length < 2) return say(words.noOthers);
      await offer(linkToAll(kept), words.severalCopied(kept.length));
    } catch {
      say(words.standings.away);
    }
  };
  return element(
    "details",
    { class: "map-group-fold" },
    element("summary", {}, words.several),
    element("label", { class: "map-draw-field" }, words.others, others),
    element("div", { class: "map-chips" }, chip(words.copySeveral, () => void copy())),
  );
}
