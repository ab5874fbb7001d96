import type { Geometry, Position } from "geojson";

/** The corner of the shapes that is nearest by that measure; undefined where none is within reach. */
export function nearestCorner(
  shapes: readonly Geometry[],
  distance: (corner: [number, number]) => number,
  reach: number,
): [number, number] | undefined {
  let best: [number, number] | undefined;
  let least = reach;
  for (const corner of shapes.flatMap(cornersOf)) {
    const away = distance(corner);
    if (away <= least) [best, least] = [corner, away];
  }
  return best;
}

export function cornersOf(shape: Geometry): [number, number][] {
  return shape.type === "GeometryCollection" ? shape.geometries.flatMap(cornersOf) : flat(shape.coordinates);
}

function flat(nested: unknown): [number, number][] {
  if (!Array.isArray(nested)) return [];
  return typeof nested[0] === "number" ? [[nested[0], (nested as Position)[1] ?? 0]] : nested.flatMap(flat);
}
