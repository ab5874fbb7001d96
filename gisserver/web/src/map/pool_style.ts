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
  readonly from_zoom: number;
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

/** The style layers that draw a layer of the pool. */
export function partsOf(style: StyleSpecification, layer: string): string[] {
  return style.layers.filter((part) => "source" in part && part.source === layer).map((part) => part.id);
}

/** A tile address as of another publish. */
export function atEpoch(address: string, epoch: number): string {
  return address.replace(/([?&]v=)\d+/, `$1${epoch}`);
}
