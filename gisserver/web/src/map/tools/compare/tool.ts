import type { Desk, Tool, Wish } from "../../desk";
import { Comparison } from "./comparison";

export const TOOL: Tool = {
  title: { tr: "Karşılaştır", en: "Compare", fr: "Comparer" },
  open(desk: Desk, body: HTMLElement, wish: Wish): () => void {
    const comparison = new Comparison(desk, body, wish);
    return () => comparison.end();
  },
};
