import type { AddLayerObject, ExpressionSpecification } from "maplibre-gl";

export const FOUND = "features/found";
export const SELECTED = "features/selected";

const COLOR = "#0b5d7a";
const ACCENT = "#c2410c";
const IS_AREA: ExpressionSpecification = ["==", ["geometry-type"], "Polygon"];
const IS_POINT: ExpressionSpecification = ["==", ["geometry-type"], "Point"];
const IS_NO_POINT: ExpressionSpecification = ["!=", ["geometry-type"], "Point"];

type Layer = Exclude<AddLayerObject, { type: "custom" | "background" }> & { id: string; source: string };

/** From the ground up: what was found, then the chosen one. */
export function layersOfFeatures(): Layer[] {
  return [...drawn(FOUND, COLOR, 2), ...drawn(SELECTED, ACCENT, 4)];
}

function drawn(source: string, color: string, width: number): Layer[] {
  return [
    { id: `${source}/fill`, type: "fill", source, filter: IS_AREA, paint: { "fill-color": color, "fill-opacity": 0.18 } },
    { id: `${source}/line`, type: "line", source, filter: IS_NO_POINT, paint: { "line-color": color, "line-width": width } },
    {
      id: `${source}/point`,
      type: "circle",
      source,
      filter: IS_POINT,
      paint: { "circle-color": color, "circle-radius": 4 + width, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 },
    },
  ];
}
