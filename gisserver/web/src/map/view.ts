import {
  type AddLayerObject,
  type FilterSpecification,
  type GeoJSONSource,
  GeolocateControl,
  type LngLatBoundsLike,
  Map as Canvas,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type VectorSourceSpecification,
  VectorTileSource,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { Feature, Geometry, Position } from "geojson";
import type { LayerState, MapPlace } from "./address";
import { boxAround } from "./box_around";
import { fainter, OPACITIES } from "./fainter";
import type { Moment } from "./moment";
import { allParts, atEpoch, atMoment, partsInOrder, partsOf, type PoolLayer, type PoolStyle, sourceOf, visibleParts } from "./pool_style";
import { roomBeside } from "./room_beside";
import { drawsInSoftware, SlowDrawing } from "./slow_drawing";
import { WholeArea } from "./whole_area";
import type { Words } from "./words";

const SELECTION = "selection";
const MARKED = "marked";
const SELECTION_LINE = "selection/line";
const ACCENT = "#c2410c";
const CLOSE_UP = 17.5;
const EQUATOR_M = 40_075_016.7;
const TILE_PX = 512;
const FARTHEST_M = 500;

/** The drawn map: everything that speaks MapLibre. */
export class View {
  readonly canvas: Canvas;
  readonly style: PoolStyle;
  #followers = 0;
  readonly #slow: SlowDrawing | null;
  readonly #opacities = new Map<string, number>();
  readonly #moments = new Map<string, Moment>();
  #order: string;
  #states: readonly LayerState[] = [];
  #isSelected = false;

  constructor(container: HTMLElement, style: PoolStyle, start: MapPlace | null, words: Words) {
    setWorkerUrl(workerUrl);
    this.style = style;
    this.#order = allParts(style).map((part) => part.id).join();
    const place =
      start === null
        ? { bounds: style.metadata["pool:bounds"] as LngLatBoundsLike, fitBoundsOptions: { padding: roomBeside(container) } }
        : { center: [start.lon, start.lat] as [number, number], zoom: start.zoom };
    this.canvas = new Canvas({
      container,
      style,
      ...place,
      minZoom: 6,
      maxZoom: 21,
      maxPitch: 0,
      // Without a graphics card each picture of a fade takes half a second.
      fadeDuration: 0,
      dragRotate: false,
      pitchWithRotate: false,
      // The page itself writes whose data it shows.
      attributionControl: false,
      locale: { ...words.controls, "Map.Title": words.mapTitle },
    });
    this.canvas.touchZoomRotate.disableRotation();
    this.canvas.keyboard.disableRotation();
    this.#slow = drawsInSoftware(this.canvas.getCanvas()) ? new SlowDrawing(this.canvas, () => this.#followers === 0) : null;
    this.#addControls(words);
    this.canvas.on("load", () => this.#addSelection());
  }

  /** Draw these layers of the pool and no other. */
  show(layers: readonly string[]): void {
    const visible = visibleParts(this.style, new Set(layers));
    for (const { id } of allParts(this.style)) {
      this.canvas.setLayoutProperty(id, "visibility", visible.has(id) ? "visible" : "none");
    }
  }

  /** Draw the layers as the reader has set them. */
  draw(states: readonly LayerState[]): void {
    this.#states = states;
    this.show(states.filter((state) => state.isShown).map((state) => state.id));
    for (const { id, opacity, at } of states) {
      this.setOpacity(id, opacity);
      this.#setMoment(id, at);
    }
    const parts = partsInOrder(this.style, states.map((state) => state.id));
    if (parts.join() === this.#order) return;
    this.#order = parts.join();
    const top = this.canvas.getLayer(SELECTION_LINE) && SELECTION_LINE;  // a second map beside the first has none
    for (const part of parts) this.canvas.moveLayer(part, top);
  }

  /** From 0 to 1. */
  setOpacity(layer: string, opacity: number): void {
    if ((this.#opacities.get(layer) ?? 1) === opacity) return;
    this.#opacities.set(layer, opacity);
    for (const part of this.style.layers) {
      if ((part.metadata as Record<string, unknown> | undefined)?.["pool:layer"] !== layer) continue;
      const paint = (part as { paint?: Record<string, unknown> }).paint ?? {};
      for (const name of OPACITIES[part.type] ?? []) {
        this.canvas.setPaintProperty(part.id, name as "fill-opacity", fainter(paint[name], opacity) as number);
      }
    }
  }

  /**
   * Layers of now come together in one tile; one of another day comes alone, from a source for that day: MapLibre
   * goes on with what it was loading where the address of a source changes meanwhile, and would show the wrong day.
   */
  #setMoment(layer: string, moment: Moment): void {
    const before = this.#moments.get(layer) ?? null;
    if (before === moment) return;
    this.#moments.set(layer, moment);
    const spec = this.style.sources[layer] as VectorSourceSpecification;
    const source = sourceThen(layer, moment);
    if (moment !== null) this.canvas.addSource(source, { ...spec, tiles: spec.tiles!.map((address) => atMoment(address, moment)) });
    const { layers } = this.canvas.getStyle();
    for (const part of partsOf(this.style, layer)) {
      const place = layers.findIndex(({ id }) => id === part);
      const drawn = { ...layers[place], source: moment === null ? sourceOf(this.style, part) : source } as AddLayerObject;
      this.canvas.removeLayer(part);
      this.canvas.addLayer(drawn, layers[place + 1]?.id);
    }
    if (before !== null) this.canvas.removeSource(sourceThen(layer, before));
  }

  /** The layers as they are drawn here, from the top. */
  get states(): readonly LayerState[] {
    return this.#states;
  }

  /** What lies here was asked, and whatever is shown next belongs to it: see `select`. */
  awaitAnswer(): void {
    this.#slow?.awaitAnswer();
  }

  /** For what must move with each picture: another map, a frame over this one. The given function ends it. */
  whileFollowed(): () => void {
    this.#followers += 1;
    return () => void (this.#followers -= 1);
  }

  /** Outline the feature that the card speaks about. */
  select(feature: Feature | null): void {
    const source = this.canvas.getSource<GeoJSONSource>(SELECTION);
    const isSame = feature === null && !this.#isSelected;  // nothing to take off, and no picture to be drawn anew
    this.#isSelected = feature !== null;
    afterPaint(() => {
      if (!isSame) void source?.setData({ type: "FeatureCollection", features: feature === null ? [] : [feature] });
      this.#slow?.answered();
    });
  }

  /** Shapes that a person has drawn, kept in sight while another tool is open. */
  mark(shapes: readonly Geometry[]): void {
    const features = shapes.map((geometry): Feature => ({ type: "Feature", geometry, properties: {} }));
    void this.canvas.getSource<GeoJSONSource>(MARKED)?.setData({ type: "FeatureCollection", features });
  }

  get zoom(): number {
    return this.canvas.getZoom();
  }

  /** How many metres on the ground a pointer covers, six pixels around its tip. */
  get reach(): number {
    const { lat } = this.canvas.getCenter();
    const metresPerPixel = (EQUATOR_M * Math.cos((lat * Math.PI) / 180)) / (TILE_PX * 2 ** this.zoom);
    return Math.min(FARTHEST_M, Math.ceil(6 * metresPerPixel));
  }

  focus(): void {
    this.canvas.getCanvas().focus({ preventScroll: true });
  }

  jumpTo({ lon, lat, zoom }: MapPlace): void {
    this.canvas.jumpTo({ center: [lon, lat], zoom });
  }

  /** Without a flight: it would ask for the tiles of everything between, and somebody waits for an answer. */
  goTo(lon: number, lat: number, box: LngLatBoundsLike | null): void {
    if (box === null) this.jumpTo({ lon, lat, zoom: Math.max(CLOSE_UP, this.zoom) });
    else this.canvas.fitBounds(box, { padding: 80, maxZoom: 18.5, animate: false });
  }

  /** Without another zoom, and only where it is out of sight. */
  bringIntoSight([lon = 0, lat = 0]: Position): void {
    if (!this.canvas.getBounds().contains([lon, lat])) this.jumpTo({ lon, lat, zoom: this.zoom });
  }

  /** True where the middle of the shape is in sight. */
  shows(shape: Geometry): boolean {
    const [west, south, east, north] = boxAround(shape);
    return this.canvas.getBounds().contains([(west + east) / 2, (south + north) / 2]);
  }

  /** So that the whole shape is seen. */
  goToShape(shape: Geometry): void {
    const [west, south, east, north] = boxAround(shape);
    this.goTo((west + east) / 2, (south + north) / 2, shape.type === "Point" ? null : [west, south, east, north]);
  }

  /** Ask for the tiles of another publish; what is drawn stays until they have come. */
  refresh(epoch: number): void {
    for (const id of Object.keys(this.style.sources)) {
      const source = this.canvas.getSource(id);
      if (source instanceof VectorTileSource) source.setTiles(source.tiles.map((address) => atEpoch(address, epoch)));
    }
  }

  get place(): MapPlace {
    const { lng, lat } = this.canvas.getCenter();
    return { zoom: this.zoom, lat, lon: lng };
  }

  /** West, south, east and north of what can be seen. */
  get bounds(): readonly [number, number, number, number] {
    const seen = this.canvas.getBounds();
    return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
  }

  /** Of a layer with a legend, draw only these classes; null for all. */
  isolate(layer: PoolLayer, keys: readonly string[] | null): void {
    const field = layer.legend_field;
    if (field === null) return;
    const only = keys === null ? null : (["in", ["get", field], ["literal", [...keys]]] as const);
    for (const part of partsOf(this.style, layer.id)) this.canvas.setFilter(part, only as FilterSpecification | null);
  }

  /** For who looks at the page from outside: the first picture with all tiles, and the first that stays. */
  sayWhenDrawn(): void {
    const { dataset } = this.canvas.getContainer();
    this.canvas.once("idle", () => void (dataset["drawn"] = "yes"));
    const painted = this.canvas.on("render", () => {
      if (!this.canvas.areTilesLoaded()) return;
      dataset["painted"] = "yes";
      painted.unsubscribe();
    });
  }

  #addControls(words: Words): void {
    const toWholeArea = new WholeArea(words.wholeArea, () => this.showWholeArea());
    this.canvas.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
    this.canvas.addControl(toWholeArea, "bottom-right");
    this.canvas.addControl(new GeolocateControl({ positionOptions: { enableHighAccuracy: true } }), "bottom-right");
    // MapLibre names it only when the browser has said whether it knows places.
    const finder = this.canvas.getContainer().querySelector(".maplibregl-ctrl-geolocate");
    finder?.setAttribute("aria-label", words.controls["GeolocateControl.FindMyLocation"] ?? "");
    this.canvas.addControl(new ScaleControl({ unit: "metric", maxWidth: 56 }), "bottom-right");
  }

  showWholeArea(): void {
    this.canvas.fitBounds(this.style.metadata["pool:bounds"], {
      padding: roomBeside(this.canvas.getContainer()),
      animate: false,
    });
  }

  #addSelection(): void {
    this.canvas.addSource(MARKED, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    this.canvas.addSource(SELECTION, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    const line = { "line-color": ACCENT, "line-width": 3 };
    this.canvas.addLayer({ id: SELECTION_LINE, type: "line", source: SELECTION, paint: line });
    const dashes = { "line-color": "#1d4ed8", "line-width": 2.5, "line-dasharray": [3, 2] };
    this.canvas.addLayer({ id: "marked/line", type: "line", source: MARKED, paint: dashes });
    this.canvas.addLayer({
      id: "marked/point",
      type: "circle",
      source: MARKED,
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 6, "circle-color": "#1d4ed8", "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 },
    });
    this.canvas.addLayer({
      id: "selection/point",
      type: "circle",
      source: SELECTION,
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 9, "circle-opacity": 0, "circle-stroke-color": ACCENT, "circle-stroke-width": 3 },
    });
  }
}

/** Once the browser has shown what the page says: a map that is drawn in the same frame would hold it up. */
function afterPaint(act: () => void): void {
  requestAnimationFrame(() => setTimeout(act));
}

/** The name of what a layer is drawn from as of that moment. */
function sourceThen(layer: string, moment: Moment): string {
  return `${layer}@${moment}`;
}

/** MapLibre needs WebGL 2; asked before it is started, so that there is a sentence instead of an empty box. */
export function canDraw(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}
