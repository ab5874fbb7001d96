import type { Geometry, Position } from "geojson";

export type Sides = [west: number, south: number, east: number, north: number];

/** The smallest upright box around a shape. */
export function boxAround(shape: Geometry): Sides {
  const corners = shape.type === "GeometryCollection" ? shape.geometries.flatMap((part) => cornersIn(part)) : cornersIn(shape);
  const lons = corners.map(([lon = 0]) => lon);
  const lats = corners.map(([, lat = 0]) => lat);
  return [least(lons), least(lats), -least(lons.map((lon) => -lon)), -least(lats.map((lat) => -lat))];
}

function cornersIn(shape: Geometry): Position[] {
  return shape.type === "GeometryCollection" ? [] : flat(shape.coordinates);
}

function flat(nested: unknown): Position[] {
  if (!Array.isArray(nested)) return [];
  return typeof nested[0] === "number" ? [nested as Position] : nested.flatMap(flat);
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((least, number) => Math.min(least, number), Infinity);
}
