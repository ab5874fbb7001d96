import type { AddLayerObject } from "maplibre-gl";
import type { Side } from "./sides";

export const BOTH = "compare/both";
export const OWN = "compare/own";
export const SELECTED = "compare/selected";

const COLOURS: Record<Side, string> = { before: "#7c4a00", after: "#0b5d7a" };
const ACCENT = "#c2410c";
const PAPER = "#ffffff";

type Layer = Exclude<AddLayerObject, { type: "custom" | "background" }> & { id: string; source: string };

/** The ground of every change is laid bare first: below it the pool shows one of the two states only. */
export function layersOf(side: Side): Layer[] {
  const colour = COLOURS[side];
  return [
    { id: "compare/paper", type: "fill", source: BOTH, paint: { "fill-color": PAPER, "fill-opacity": 0.92 } },
    { id: "compare/fill", type: "fill", source: OWN, paint: { "fill-color": colour, "fill-opacity": 0.25 } },
    { id: "compare/line", type: "line", source: OWN, paint: { "line-color": colour, "line-width": 2 } },
    {
      id: "compare/point",
      type: "circle",
      source: OWN,
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 6, "circle-color": colour, "circle-stroke-color": PAPER, "circle-stroke-width": 1.5 },
    },
    { id: "compare/selected", type: "line", source: SELECTED, paint: { "line-color": ACCENT, "line-width": 4 } },
    {
      id: "compare/selected/point",
      type: "circle",
      source: SELECTED,
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 11, "circle-opacity": 0, "circle-stroke-color": ACCENT, "circle-stroke-width": 4 },
    },
  ];
}

/** What a click means. */
export const POINTED = ["compare/fill", "compare/line", "compare/point"];
