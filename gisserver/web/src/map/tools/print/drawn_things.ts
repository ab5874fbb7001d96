import type { Feature, FeatureCollection, Geometry } from "geojson";
import type { OwnLayer } from "../../own_layers";
import type { Drawn } from "../../pen";

const LINE_PX = 2.5;
const DENSITY = 0.15;

/** What a person has drawn and opened, in the colours of the screen; null for nothing. */
export function drawnThings(drawing: readonly Drawn[], own: readonly OwnLayer[]): FeatureCollection | null {
  const opened = [...own].reverse().filter(({ isShown }) => isShown).flatMap(thingsOf);
  const drawn = drawing.map(({ geometry, properties }): Feature => ({ type: "Feature", geometry, properties: labelled(properties["label"]) }));
  const features = [...opened, ...drawn];
  return features.length === 0 ? null : { type: "FeatureCollection", features };
}

/** Labels of files would cover what they name; those that were drawn were meant to be read. */
function thingsOf({ layer, drawn, opacity }: OwnLayer): Feature[] {
  const color = layer.swatch.color;
  const properties = { stroke: color, "stroke-width": LINE_PX, fill: color, "fill-opacity": DENSITY * opacity };
  return drawn.flatMap(({ geometry }): Feature[] => ((geometry as Geometry | null) === null ? [] : [{ type: "Feature", geometry, properties }]));
}

function labelled(label: unknown): Feature["properties"] {
  return { stroke: "#1d4ed8", ...(typeof label === "string" && label !== "" ? { label } : {}) };
}
