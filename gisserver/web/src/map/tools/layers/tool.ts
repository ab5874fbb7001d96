import type { Desk, Tool } from "../../desk";
import { LayerTree } from "./layer_tree";

export const TOOL: Tool = {
  title: { tr: "Katmanlar", en: "Layers", fr: "Couches" },
  open(desk: Desk, body: HTMLElement): () => void {
    const tree = new LayerTree(body, desk);
    const stop = desk.layers.onChange(() => tree.update());
    const onMove = (): void => tree.update();
    desk.view.canvas.on("zoomend", onMove);
    return () => {
      stop();
      desk.view.canvas.off("zoomend", onMove);
    };
  },
};
