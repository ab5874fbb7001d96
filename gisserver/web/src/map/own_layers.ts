import type { CircleLayerSpecification, FillLayerSpecification, GeoJSONSource, LineLayerSpecification, Map as Canvas } from "maplibre-gl";
import type { Feature } from "geojson";
import type { Fields } from "./api";
import type { Chosen } from "./desk";
import type { PoolLayer } from "./pool_style";

/** A layer of a file that somebody has opened here; nobody else has it, and it is gone with the page. */
export interface OwnLayer {
  /** As the lists, the card and the table know the layers of the pool. */
  readonly layer: PoolLayer;
  readonly fields: Fields;
  readonly features: readonly Feature[];
  /** Those of the features that the table's filter leaves. */
  readonly drawn: readonly Feature[];
  /** In the file, where only the first are here. */
  readonly count: number;
  readonly isShown: boolean;
  /** From 0 to 1. */
  readonly opacity: number;
}

/** What a file says of one of its layers. */
export interface LayerOfFile {
  readonly name: string;
  readonly fields: readonly string[];
  readonly count: number;
  readonly features: readonly Feature[];
}

const COLORS = ["#1d4ed8", "#b91c1c", "#0f766e", "#7e22ce", "#a16207", "#be185d"];
const ABOVE = "marked/line";
const REACH_PX = 6;
const POINT = "Point";

/** The layers of opened files: which there are, how they are drawn, and what of them lies at a place. */
export class OwnLayers {
  readonly #canvas: Canvas;
  readonly #know: (layer: string, fields: Fields) => void;
  readonly #listeners = new Set<() => void>();
  #count = 0;
  #all: readonly OwnLayer[] = [];

  /** `know` is told the fields of each layer, so that whoever asks for them asks nobody else. */
  constructor(canvas: Canvas, know: (layer: string, fields: Fields) => void) {
    this.#canvas = canvas;
    this.#know = know;
  }

  get all(): readonly OwnLayer[] {
    return this.#all;
  }

  find(id: string): OwnLayer | undefined {
    return this.#all.find(({ layer }) => layer.id === id);
  }

  /** What is given back ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  add(file: string, { name, fields, count, features }: LayerOfFile): OwnLayer {
    const id = `own/${(this.#count += 1)}`;
    const color = COLORS[(this.#count - 1) % COLORS.length]!;
    const layer = poolLayer(id, name, file, color, kindOf(features), fields);
    const made: OwnLayer = { layer, fields: fieldsOf(fields, features), features, drawn: features, count, isShown: true, opacity: 1 };
    this.#know(id, made.fields);
    this.#canvas.addSource(id, { type: "geojson", data: { type: "FeatureCollection", features: [...features] }, generateId: true });
    for (const part of partsOf(id, color)) this.#canvas.addLayer(part, this.#canvas.getLayer(ABOVE) ? ABOVE : undefined);
    this.#set([made, ...this.#all]);
    return made;
  }

  change(id: string, what: Partial<Pick<OwnLayer, "isShown" | "opacity" | "drawn">>): void {
    this.#set(this.#all.map((one) => (one.layer.id === id ? { ...one, ...what } : one)));
    const now = this.find(id);
    if (now === undefined) return;
    for (const { id: part, paint } of partsOf(id, now.layer.swatch.color)) {
      this.#canvas.setLayoutProperty(part, "visibility", now.isShown ? "visible" : "none");
      for (const [name, full] of Object.entries(paint ?? {})) {
        if (name.endsWith("opacity")) this.#canvas.setPaintProperty(part, name as "fill-opacity", Number(full) * now.opacity);
      }
    }
    if (what.drawn !== undefined) {
      const features = [...what.drawn];
      void this.#canvas.getSource<GeoJSONSource>(id)?.setData({ type: "FeatureCollection", features });
    }
  }

  remove(id: string): void {
    for (const part of partsOf(id, "")) this.#canvas.removeLayer(part.id);
    this.#canvas.removeSource(id);
    this.#set(this.#all.filter(({ layer }) => layer.id !== id));
  }

  /** What of them lies under a pointer, as the card tells it. */
  at(lon: number, lat: number): Chosen[] {
    const shown = this.#all.filter(({ isShown }) => isShown);
    if (shown.length === 0) return [];
    const { x, y } = this.#canvas.project([lon, lat]);
    const layers = shown.flatMap(({ layer }) => partsOf(layer.id, "").map(({ id }) => id));
    const found = this.#canvas.queryRenderedFeatures([[x - REACH_PX, y - REACH_PX], [x + REACH_PX, y + REACH_PX]], { layers });
    const places = new Set(found.map(({ source, id }) => `${source}#${id}`));
    return [...places].flatMap((place) => {
      const [source = "", index] = place.split("#");
      const own = this.find(source);
      const feature = own?.drawn[Number(index)];
      return own === undefined || feature === undefined ? [] : [{ layer: own.layer, feature, at: null }];
    });
  }

  #set(next: readonly OwnLayer[]): void {
    this.#all = next;
    for (const listener of this.#listeners) listener();
  }
}

/** Fields in which nothing stands are none; numbers are what is a number everywhere. */
export function fieldsOf(names: readonly string[], features: readonly Feature[]): Fields {
  const filled = names.flatMap((title) => {
    const values = features.map(({ properties }) => properties?.[title] as unknown).filter((value) => value !== null && value !== undefined && value !== "");
    if (values.length === 0) return [];
    return [[title, { title, type: values.every((value) => typeof value === "number") ? "number" : "string" }] as const];
  });
  return Object.fromEntries(filled);
}

function poolLayer(id: string, title: string, description: string, color: string, kind: PoolLayer["swatch"]["kind"], fields: readonly string[]): PoolLayer {
  const swatch = { kind, color, outline: color, is_dashed: false };
  const drawn = { from_zoom: 0, features_from_zoom: 0, is_shown_at_first: true, is_public: false };
  return { id, title, description, theme: "own", label: fields[0] ?? "", ...drawn, former_ids: [], swatch, legend_field: null, legend: [] };
}

function kindOf(features: readonly Feature[]): PoolLayer["swatch"]["kind"] {
  const kind = features.find(({ geometry }) => geometry !== null)?.geometry.type ?? POINT;
  return kind.endsWith(POINT) ? "point" : kind.endsWith("LineString") ? "line" : "fill";
}

type Part = FillLayerSpecification | LineLayerSpecification | CircleLayerSpecification;

function partsOf(source: string, color: string): Part[] {
  return [
    { id: `${source}/fill`, type: "fill", source, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": color, "fill-opacity": 0.15 } },
    { id: `${source}/line`, type: "line", source, filter: ["!=", ["geometry-type"], POINT], paint: { "line-color": color, "line-width": 2.5, "line-opacity": 1 } },
    {
      id: `${source}/point`,
      type: "circle",
      source,
      filter: ["==", ["geometry-type"], POINT],
      paint: { "circle-radius": 5, "circle-color": color, "circle-opacity": 1, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5 },
    },
  ];
}
