import type { AddLayerObject, ExpressionSpecification } from "maplibre-gl";

export const PLACES = "places/outlines";
export const NUMBERS = "places/numbers";
export const SELECTED = "places/selected";

export const BORDER_PART = "places/border";

const DISTRICTS = "districts";
const BORDER = "#4c3c5c";
const PLACE = "#0b5d7a";
const ACCENT = "#c2410c";
const IS_AREA: ExpressionSpecification = ["==", ["geometry-type"], "Polygon"];

type Layer = Exclude<AddLayerObject, { type: "custom" | "background" }> & { id: string; source: string };

/** From the ground up: the district's border, every place, the chosen one, and the numbers of the list. */
export function layersOfPlaces(district: number): Layer[] {
  return [
    {
      id: BORDER_PART,
      type: "line",
      source: DISTRICTS,
      "source-layer": DISTRICTS,
      filter: ["==", ["get", "district_id"], district],
      paint: { "line-color": BORDER, "line-width": 3 },
    },
    { id: "places/fill", type: "fill", source: PLACES, filter: IS_AREA, paint: { "fill-color": PLACE, "fill-opacity": 0.12 } },
    { id: "places/line", type: "line", source: PLACES, paint: { "line-color": PLACE, "line-width": 2, "line-dasharray": [3, 2] } },
    { id: "places/selected/fill", type: "fill", source: SELECTED, filter: IS_AREA, paint: { "fill-color": ACCENT, "fill-opacity": 0.18 } },
    { id: "places/selected/halo", type: "line", source: SELECTED, paint: { "line-color": "#ffffff", "line-width": 6 } },
    { id: "places/selected/line", type: "line", source: SELECTED, paint: { "line-color": ACCENT, "line-width": 3 } },
    {
      id: "places/mark",
      type: "circle",
      source: NUMBERS,
      layout: { "circle-sort-key": ["get", "order"] },
      paint: {
        "circle-radius": 12,
        "circle-color": ["case", ["get", "is_chosen"], ACCENT, PLACE],
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": 2,
      },
    },
    {
      id: "places/number",
      type: "symbol",
      source: NUMBERS,
      layout: {
        "text-field": ["to-string", ["get", "number"]],
        "text-font": ["Source Sans 3 SemiBold"],
        "text-size": 15,
        "text-allow-overlap": true,
        "symbol-sort-key": ["get", "order"],
      },
      paint: { "text-color": "#ffffff" },
    },
  ];
}
