import type { FeatureCollection } from "geojson";
import type { Drawn } from "../../pen";
import type { Swatch } from "../../pool_style";

const KINDS = { fill: "Polygon", line: "LineString", point: "Point" } as const;

/** The shapes that can be features of such a layer, each with what all of them say and what its label says. */
export function requestFile(drawing: readonly Drawn[], kind: Swatch["kind"], ofAll: Readonly<Record<string, string>>, labelField: string): FeatureCollection {
  const features = drawing
    .filter(({ geometry }) => geometry.type === KINDS[kind])
    .map(({ geometry, properties }) => {
      const label = String(properties["label"] ?? "").trim();
      const said = labelField === "" || label === "" ? {} : { [labelField]: label };
      return { type: "Feature" as const, geometry, properties: { ...ofAll, ...said } };
    });
  return { type: "FeatureCollection", features };
}
