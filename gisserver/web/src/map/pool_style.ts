import type { StyleSpecification } from "maplibre-gl";

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
  readonly theme: string;
  readonly label: string;
  /** From here on something of it is drawn. */
  readonly from_zoom: number;
  /** From here on its features themselves are drawn, not what stands for them. */
  readonly features_from_zoom: number;
  readonly is_shown_at_first: boolean;
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

/** Which layers are switched on: what the address says, else what the style suggests. */
export function shownLayers(layers: readonly PoolLayer[], asked: readonly string[] | null): Set<string> {
  const shown = layers.filter((layer) => (asked === null ? layer.is_shown_at_first : asked.includes(layer.id)));
  return new Set(shown.map((layer) => layer.id));
}

/** One layer of the style: what is painted of which layer of the pool. */
interface Part {
  readonly id: string;
  readonly layer: string;
  readonly level: string | null;
  readonly isForOne: boolean;
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

export function allParts(style: StyleSpecification): Part[] {
  return style.layers.flatMap(({ id, metadata }) => {
    const about = (metadata ?? {}) as Record<string, unknown>;
    const layer = about["pool:layer"];
    if (typeof layer !== "string") return [];
    return [{ id, layer, level: (about["pool:level"] ?? null) as string | null, isForOne: about["pool:for_one"] === true }];
  });
}

/** A tile address as of another publish. */
export function atEpoch(address: string, epoch: number): string {
  return address.replace(/([?&]v=)\d+/, `$1${epoch}`);
}
