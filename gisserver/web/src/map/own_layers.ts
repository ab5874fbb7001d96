import type { CircleLayerSpecification, FillLayerSpecification, GeoJSONSource, LineLayerSpecification, Map as Canvas, RasterLayerSpecification } from "maplibre-gl";
import type { Feature } from "geojson";
import type { AddedLayer, AddedState } from "./address";
import type { Fields } from "./api";
import type { Chosen } from "./desk";
import type { PoolLayer } from "./pool_style";

/** A layer of a file or of another server that somebody has opened here; a file is gone with the page. */
export interface OwnLayer {
  /** As the lists, the card and the table know the layers of the pool. */
  readonly layer: PoolLayer;
  readonly fields: Fields;
  readonly features: readonly Feature[];
  /** Those of the features that the table's filter leaves. */
  readonly drawn: readonly Feature[];
  /** In the file, where only the first are here. */
  readonly count: number;
  /** Of another server; null for what is here itself. */
  readonly tiles: Tiles | null;
  /** As the address of the map keeps it; null for what only this page has. */
  readonly added: AddedLayer | null;
  readonly isShown: boolean;
  /** From 0 to 1. */
  readonly opacity: number;
}

/** Tiles of another server, which come through our service. */
export interface Tiles {
  /** With {z}, {x} and {y} in it. */
  readonly address: string;
  /** The same at the other server itself, or with {bbox} in it. */
  readonly template: string;
  /** The name of the shapes in vector tiles; null for pictures. */
  readonly named: string | null;
  /** Whose data it is. */
  readonly credit: string;
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
const PICTURE_PX = 256;
/** Beyond, the tiles of this zoom are drawn larger. */
const TILES_TO = 20;
const POINT = "Point";

type Setting = Pick<OwnLayer, "isShown" | "opacity">;

const USUAL: Setting = { isShown: true, opacity: 1 };

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

  /** Layers of other servers, from below. */
  get added(): readonly AddedState[] {
    return this.#all.flatMap(({ added, isShown, opacity }) => (added === null ? [] : [{ ...added, isShown, opacity }])).reverse();
  }

  /** Whose data is shown, beside that of the service. */
  get credits(): readonly string[] {
    return [...new Set(this.#all.flatMap(({ tiles, isShown }) => (tiles !== null && isShown ? [tiles.credit] : [])))];
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

  add(file: string, { name, fields, count, features }: LayerOfFile, added: AddedLayer | null = null, { isShown, opacity }: Setting = USUAL): OwnLayer {
    const id = `own/${(this.#count += 1)}`;
    const color = COLORS[(this.#count - 1) % COLORS.length]!;
    const layer = poolLayer(id, name, file, color, kindOf(features), fields);
    const made: OwnLayer = { layer, fields: fieldsOf(fields, features), features, drawn: features, count, tiles: null, added, isShown, opacity };
    this.#know(id, made.fields);
    this.#canvas.addSource(id, { type: "geojson", data: { type: "FeatureCollection", features: [...features] }, generateId: true });
    this.#put(made);
    return made;
  }

  addTiles(title: string, tiles: Tiles, added: AddedLayer, { isShown, opacity }: Setting = USUAL): OwnLayer {
    const id = `own/${(this.#count += 1)}`;
    const layer = poolLayer(id, title, added.address, COLORS[(this.#count - 1) % COLORS.length]!, "fill", []);
    const made: OwnLayer = { layer, fields: {}, features: [], drawn: [], count: 0, tiles, added, isShown, opacity };
    const source = { tiles: [tiles.address], maxzoom: TILES_TO };
    this.#canvas.addSource(id, tiles.named === null ? { type: "raster", tileSize: PICTURE_PX, ...source } : { type: "vector", ...source });
    this.#put(made);
    return made;
  }

  /** On top of all of them, where it was not. */
  raise(id: string): void {
    const one = this.find(id);
    if (one === undefined) return;
    for (const part of partsOf(one)) this.#canvas.moveLayer(part.id, this.#canvas.getLayer(ABOVE) ? ABOVE : undefined);
    this.#set([one, ...this.#all.filter((other) => other !== one)]);
  }

  change(id: string, what: Partial<Pick<OwnLayer, "isShown" | "opacity" | "drawn">>): void {
    this.#set(this.#all.map((one) => (one.layer.id === id ? { ...one, ...what } : one)));
    const now = this.find(id);
    if (now === undefined) return;
    this.#paint(now);
    if (what.drawn !== undefined) {
      const features = [...what.drawn];
      void this.#canvas.getSource<GeoJSONSource>(id)?.setData({ type: "FeatureCollection", features });
    }
  }

  remove(id: string): void {
    const gone = this.find(id);
    if (gone === undefined) return;
    for (const part of partsOf(gone)) this.#canvas.removeLayer(part.id);
    this.#canvas.removeSource(id);
    this.#set(this.#all.filter(({ layer }) => layer.id !== id));
  }

  /** What of them lies under a pointer, as the card tells it. */
  at(lon: number, lat: number): Chosen[] {
    const shown = this.#all.filter(({ isShown, tiles }) => isShown && tiles === null);
    if (shown.length === 0) return [];
    const { x, y } = this.#canvas.project([lon, lat]);
    const layers = shown.flatMap((one) => partsOf(one).map(({ id }) => id));
    const found = this.#canvas.queryRenderedFeatures([[x - REACH_PX, y - REACH_PX], [x + REACH_PX, y + REACH_PX]], { layers });
    const places = new Set(found.map(({ source, id }) => `${source}#${id}`));
    return [...places].flatMap((place) => {
      const [source = "", index] = place.split("#");
      const own = this.find(source);
      const feature = own?.drawn[Number(index)];
      return own === undefined || feature === undefined ? [] : [{ layer: own.layer, feature, at: null }];
    });
  }

  #paint(one: OwnLayer): void {
    for (const { id: part, paint } of partsOf(one)) {
      this.#canvas.setLayoutProperty(part, "visibility", one.isShown ? "visible" : "none");
      for (const [name, full] of Object.entries(paint ?? {})) {
        if (name.endsWith("opacity")) this.#canvas.setPaintProperty(part, name as "fill-opacity", Number(full) * one.opacity);
      }
    }
  }

  #put(made: OwnLayer): void {
    for (const part of partsOf(made)) this.#canvas.addLayer(part, this.#canvas.getLayer(ABOVE) ? ABOVE : undefined);
    this.#paint(made);
    this.#set([made, ...this.#all]);
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

type Shapes = FillLayerSpecification | LineLayerSpecification | CircleLayerSpecification;

function partsOf({ layer, tiles }: OwnLayer): (Shapes | RasterLayerSpecification)[] {
  const source = layer.id;
  if (tiles !== null && tiles.named === null) return [{ id: `${source}/pictures`, type: "raster", source, paint: { "raster-opacity": 1 } }];
  const named = tiles?.named == null ? {} : { "source-layer": tiles.named };
  return shapesOf(source, layer.swatch.color).map((part) => ({ ...part, ...named }));
}

function shapesOf(source: string, color: string): Shapes[] {
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
