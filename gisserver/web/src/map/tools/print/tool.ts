import { attachPrint } from "../../../print/panel";
import type { Desk, Tool } from "../../desk";
import { draftOf } from "../draw/draft";
import { drawnThings } from "./drawn_things";

export const TOOL: Tool = {
  title: { tr: "Yazdır", en: "Print", fr: "Imprimer" },
  open: (desk: Desk, body: HTMLElement): (() => void) =>
    attachPrint(
      {
        canvas: desk.view.canvas,
        language: desk.language,
        address: desk.config.prints,
        token: desk.config.token,
        layers: () => desk.layers.states.filter(({ isShown }) => isShown).map(({ id, opacity, at }) => ({ id, opacity, at })),
        drawings: () => drawnThings(draftOf(desk.drawing).features, desk.own.all),
        unprinted: () => [
          ...desk.own.all.filter(({ isShown, tiles }) => isShown && tiles !== null).map(({ layer }) => layer.title),
          ...(desk.backgrounds.chosen === null ? [] : [desk.backgrounds.chosen.title]),
        ],
        view: () => `${location.pathname}${location.hash}`,
      },
      body,
    ),
};
