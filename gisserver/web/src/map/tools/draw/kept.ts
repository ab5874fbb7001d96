import type { Polygon } from "geojson";
import type { Drawn } from "../../pen";

const KEPT = "map-drawing";

/** The drawing that this browser keeps. */
export function kept(): readonly Drawn[] {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]") as readonly Drawn[];
  } catch {
    return [];
  }
}

/** Fails where the browser has no room for it. */
export function keep(features: readonly Drawn[]): void {
  localStorage.setItem(KEPT, JSON.stringify(features));
}

/** The areas of the drawing, the last one drawn at the end. */
export function keptAreas(): Polygon[] {
  return kept().flatMap(({ geometry }) => (geometry.type === "Polygon" ? [geometry] : []));
}
