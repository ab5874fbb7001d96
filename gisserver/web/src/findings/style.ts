import type { AddLayerObject, ExpressionSpecification } from "maplibre-gl";

export const RECORDS = "report/records";
export const FINDINGS = "report/findings";
export const MARKS = "report/marks";
export const REPAIR = "report/repair";
export const SELECTED = "report/selected";

const BY_SEVERITY: ExpressionSpecification = ["match", ["get", "severity"], "refusal", "#a01d18", "warning", "#8a5000", "#2e4d66"];
const SIGN: ExpressionSpecification = ["match", ["get", "severity"], "refusal", "×", "warning", "!", "i"];
const WORST_ON_TOP: ExpressionSpecification = ["match", ["get", "severity"], "refusal", 2, "warning", 1, 0];
const ACCENT = "#c2410c";
const GROUND = "#116b3f";
const AFTER: ExpressionSpecification = ["==", ["get", "side"], "after"];

type Layer = Exclude<AddLayerObject, { type: "custom" | "background" }> & { id: string; source: string };

/** What is published steps back, so that the file and its findings are what one sees. */
export const VEIL: AddLayerObject = {
  id: "report/veil",
  type: "background",
  paint: { "background-color": "#ffffff", "background-opacity": 0.45 },
};

/** From the ground up: the file's shapes, the findings' shapes, a repair before and after, a sign for each finding, and the chosen one. */
export function layersOfFindings(): Layer[] {
  return [
    { id: "report/records/fill", type: "fill", source: RECORDS, paint: { "fill-color": "#0b5d7a", "fill-opacity": 0.06 } },
    { id: "report/records/line", type: "line", source: RECORDS, paint: { "line-color": "#0b5d7a", "line-width": 1.5 } },
    { id: "report/findings/fill", type: "fill", source: FINDINGS, paint: { "fill-color": BY_SEVERITY, "fill-opacity": 0.35 } },
    { id: "report/findings/line", type: "line", source: FINDINGS, paint: { "line-color": BY_SEVERITY, "line-width": 2 } },
    { id: "report/repair/fill", type: "fill", source: REPAIR, filter: AFTER, paint: { "fill-color": GROUND, "fill-opacity": 0.25 } },
    { id: "report/repair/after", type: "line", source: REPAIR, filter: AFTER, paint: { "line-color": GROUND, "line-width": 3 } },
    {
      id: "report/repair/before",
      type: "line",
      source: REPAIR,
      filter: ["!", AFTER],
      paint: { "line-color": ACCENT, "line-width": 2.5, "line-dasharray": [3, 2] },
    },
    { id: "report/selected/halo", type: "line", source: SELECTED, paint: { "line-color": "#ffffff", "line-width": 8 } },
    { id: "report/selected/line", type: "line", source: SELECTED, paint: { "line-color": ACCENT, "line-width": 4 } },
    {
      id: "report/marks/circle",
      type: "circle",
      source: MARKS,
      layout: { "circle-sort-key": WORST_ON_TOP },
      paint: { "circle-radius": 9, "circle-color": BY_SEVERITY, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5 },
    },
    {
      id: "report/marks/sign",
      type: "symbol",
      source: MARKS,
      layout: {
        "text-field": SIGN,
        "text-font": ["Source Sans 3 SemiBold"],
        "text-size": 14,
        "text-allow-overlap": true,
        "symbol-sort-key": WORST_ON_TOP,
      },
      paint: { "text-color": "#ffffff" },
    },
    {
      id: "report/selected/point",
      type: "circle",
      source: SELECTED,
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 14, "circle-opacity": 0, "circle-stroke-color": ACCENT, "circle-stroke-width": 4 },
    },
  ];
}
