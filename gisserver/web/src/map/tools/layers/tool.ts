import type { Desk, Tool } from "../../desk";
import { element } from "../../element";
import { showBackgrounds } from "./backgrounds";
import { LayerTree } from "./layer_tree";
import { showOwnRows } from "./own_rows";

export const TOOL: Tool = {
  title: { tr: "Katmanlar", en: "Layers", fr: "Couches" },
  open(desk: Desk, body: HTMLElement): () => void {
    const [own, pool, under] = [element("div", {}), element("div", {}), element("div", {})];
    body.replaceChildren(own, pool, under);
    showBackgrounds(under, desk);
    const tree = new LayerTree(pool, desk);
    const stopOwn = showOwnRows(own, desk);
    const stop = desk.layers.onChange(() => tree.update());
    const onZoom = (): void => tree.update();
    const onMove = (): void => tree.moved();
    desk.view.canvas.on("zoomend", onZoom);
    desk.view.canvas.on("moveend", onMove);
    return () => {
      stop();
      stopOwn();
      desk.view.canvas.off("zoomend", onZoom);
      desk.view.canvas.off("moveend", onMove);
    };
  },
};
