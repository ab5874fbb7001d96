import type { Geometry } from "geojson";
import { cornersOf } from "./nearest_corner";

export type Sides = [west: number, south: number, east: number, north: number];

/** The smallest upright box around a shape. */
export function boxAround(shape: Geometry): Sides {
  const corners = cornersOf(shape);
  const lons = corners.map(([lon]) => lon);
  const lats = corners.map(([, lat]) => lat);
  return [least(lons), least(lats), -least(lons.map((lon) => -lon)), -least(lats.map((lat) => -lat))];
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((least, number) => Math.min(least, number), Infinity);
}
