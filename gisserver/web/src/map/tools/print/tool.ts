import { attachPrint } from "../../../print/panel";
import type { Desk, Tool } from "../../desk";
import { draftOf } from "../draw/draft";
import { seenOf } from "../draw/groups";
import { drawnThings } from "./drawn_things";

export const TOOL: Tool = {
  title: { tr: "Yazdır", en: "Print", fr: "Imprimer" },
  open(desk: Desk, body: HTMLElement): () => void {
    const letGo = desk.view.whileFollowed();
    const end = attachPrint(
      {
        canvas: desk.view.canvas,
        language: desk.language,
        address: desk.config.prints,
        token: desk.config.token,
        layers: () => desk.layers.states.filter(({ isShown }) => isShown).map(({ id, opacity, at }) => ({ id, opacity, at })),
        background: () => desk.backgrounds.chosen?.id ?? null,
        above: (box) => drawnThings(seenOf(draftOf(desk.drawing)), desk.own.all, box),
        unprinted: () => desk.own.all.filter(({ isShown, tiles }) => isShown && tiles !== null && tiles.named !== null).map(({ layer }) => layer.title),
        view: () => `${location.pathname}${location.hash}`,
      },
      body,
    );
    return () => {
      end();
      letGo();
    };
  },
};
