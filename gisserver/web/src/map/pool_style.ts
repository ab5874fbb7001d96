import type { StyleSpecification } from "maplibre-gl";
import { type Moment, momentAsked } from "./moment";

export interface Swatch {
  readonly kind: "fill" | "line" | "point";
  readonly color: string;
  readonly outline: string | null;
  readonly is_dashed: boolean;
}

export interface LegendRow {
  readonly key: string;
  readonly title: string;
  readonly color: string;
  readonly hatch: string | null;
}

/** One layer of the pool as the list shows it; a layer of the pool is several of the style. */
export interface PoolLayer {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly theme: string;
  readonly label: string;
  /** From here on something of it is drawn. */
  readonly from_zoom: number;
  /** From here on its features themselves are drawn, not what stands for them. */
  readonly features_from_zoom: number;
  readonly is_shown_at_first: boolean;
  /** Seen also without an account. */
  readonly is_public: boolean;
  /** Names it has had, for links that were made then. */
  readonly former_ids: readonly string[];
  readonly swatch: Swatch;
  readonly legend_field: string | null;
  readonly legend: readonly LegendRow[];
}

export interface PoolStyle extends StyleSpecification {
  readonly metadata: {
    readonly "pool:epoch": number;
    readonly "pool:bounds": [number, number, number, number];
    readonly "pool:layers": readonly PoolLayer[];
  };
}

/** One layer of the style: what is painted of which layer of the pool. */
interface Part {
  readonly id: string;
  readonly layer: string;
  readonly level: string | null;
  readonly isForOne: boolean;
  /** Height above the ground; lines and names lie over areas, whatever the order of layers. */
  readonly band: number;
}

/** The style layers that are seen where these layers of the pool are on. Numbers of several layers would be a heap. */
export function visibleParts(style: StyleSpecification, shown: ReadonlySet<string>): Set<string> {
  const parts = allParts(style).filter((part) => shown.has(part.layer));
  const isAlone = ({ layer, level }: Part): boolean => !parts.some((other) => other.level === level && other.layer !== layer);
  return new Set(parts.filter((part) => !part.isForOne || isAlone(part)).map((part) => part.id));
}

/** The style layers that draw a layer of the pool. */
export function partsOf(style: StyleSpecification, layer: string): string[] {
  return allParts(style)
    .filter((part) => part.layer === layer)
    .map((part) => part.id);
}

/** The source that a style layer is drawn from, as long as the layer of the pool is of now. */
export function sourceOf(style: StyleSpecification, part: string): string {
  const drawn = style.layers.find(({ id }) => id === part);
  return drawn !== undefined && "source" in drawn && typeof drawn.source === "string" ? drawn.source : "";
}

export function allParts(style: StyleSpecification): Part[] {
  return style.layers.flatMap(({ id, metadata }) => {
    const about = (metadata ?? {}) as Record<string, unknown>;
    const layer = about["pool:layer"];
    if (typeof layer !== "string") return [];
    return [{ id, layer, level: (about["pool:level"] ?? null) as string | null, isForOne: about["pool:for_one"] === true, band: Number(about["pool:band"] ?? 0) }];
  });
}

/** The ids of the style layers from the ground up: band by band, in each the layers as the reader has ordered them. */
export function partsInOrder(style: StyleSpecification, layersFromTop: readonly string[]): string[] {
  const height = (part: Part): number => -layersFromTop.indexOf(part.layer);
  return allParts(style)
    .sort((one, other) => one.band - other.band || height(one) - height(other))
    .map((part) => part.id);
}

/** A tile address as of another publish. */
export function atEpoch(address: string, epoch: number): string {
  return address.replace(/([?&]v=)\d+/, `$1${epoch}`);
}

/** A tile address as of a moment. */
export function atMoment(address: string, moment: Moment): string {
  const [path = "", words] = address.split("?");
  const asked = new URLSearchParams(words);
  for (const name of ["datetime", "epoch"]) asked.delete(name);
  for (const [name, value] of Object.entries(momentAsked(moment))) asked.set(name, value);
  return `${path}?${asked}`;
}
