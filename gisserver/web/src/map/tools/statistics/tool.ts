import type { Desk, Tool, Wish } from "../../desk";
import { Statistics } from "./statistics";
import "./statistics.css";

export const TOOL: Tool = {
  title: { tr: "İstatistik", en: "Statistics", fr: "Statistiques" },
  open(desk: Desk, body: HTMLElement, wish: Wish): () => void {
    const statistics = new Statistics(desk, body, wish.layer ?? desk.layers.layer(wish.about ?? ""));
    return () => statistics.end();
  },
};
