import type { Feature, FeatureCollection, Geometry } from "geojson";
import { ask } from "../../api";
import type { Moment } from "../../moment";

export const KINDS = ["added", "modified", "removed"] as const;
export type Kind = (typeof KINDS)[number];
export type Side = "before" | "after";

/** A feature that is not the same at both moments. */
export interface Change {
  readonly id: string;
  readonly geometry: Geometry;
  readonly properties: {
    readonly change: Kind;
    readonly ref: string;
    /** Names of fields; `geom` for the shape. */
    readonly changed: readonly string[];
    readonly before: Feature | null;
    readonly after: Feature | null;
  };
}

export interface Changes {
  readonly features: readonly Change[];
  readonly next: string | null;
}

export const PAGE = 100;

/** Where the changes of a layer between two moments are asked; null where nothing can lie between them. */
export function changesAddress(address: string, from: Moment, to: Moment, bbox: readonly number[] | null, language: string): string | null {
  if (from === null || from === to) return null;
  const asked = new URLSearchParams({ from, limit: String(PAGE), lang: language });
  if (to !== null) asked.set("to", to);
  if (bbox !== null) asked.set("bbox", bbox.map((side) => side.toFixed(6)).join(","));
  return `${address}?${asked}`;
}

export async function changesAt(address: string, signal: AbortSignal): Promise<Changes> {
  const answer = await ask<{ features: readonly Change[]; links: readonly { rel: string; href: string }[] }>(address, signal);
  return { features: answer.features, next: answer.links.find(({ rel }) => rel === "next")?.href ?? null };
}

/** What one of the two maps draws of the changes: features as they were, or as they are. */
export function sideOf(changes: readonly Change[], side: Side): FeatureCollection {
  const features = changes.flatMap(({ id, properties }): Feature[] => {
    const shape = properties[side]?.geometry;
    return shape ? [{ type: "Feature", geometry: shape, properties: { uid: id, change: properties.change, kind: shape.type.replace("Multi", "") } }] : [];
  });
  return { type: "FeatureCollection", features };
}
