import type { Feature, FeatureCollection } from "geojson";

export type Side = "before" | "after";
export type Way = "side" | "swipe";

/** What one of the two maps draws: its own side, and the other's ground to be laid bare. */
export function sideOf(shapes: FeatureCollection, side: Side): FeatureCollection {
  return { type: "FeatureCollection", features: shapes.features.filter((feature) => feature.properties?.["side"] === side) };
}

/** Where the edge of the swipe stands: a share of the width from the left, as the style of the upper map wants it. */
export function clippedAt(percent: number): string {
  return `inset(0 0 0 ${Math.min(100, Math.max(0, percent))}%)`;
}

/** Among what lies under a pointer: the next after the one chosen, so that a second click reaches what is below. */
export function nextChange(ids: readonly number[], chosen: number | null): number | undefined {
  const different = [...new Set(ids)];
  return different[(chosen === null ? 0 : different.indexOf(chosen) + 1) % different.length];
}

/** The ref of a change among its drawn sides. */
export function refOf(shapes: readonly Feature[]): string {
  return String(shapes[0]?.properties?.["ref"] ?? "");
}
