import "maplibre-gl/dist/maplibre-gl.css";
import "../map/map.css";
import type { FeatureCollection } from "geojson";
import type { GeoJSONSource, LngLatBoundsLike, MapGeoJSONFeature, PointLike } from "maplibre-gl";
import type { PoolStyle } from "../map/pool_style";
import { canDraw, View } from "../map/view";
import { wordsIn } from "../map/words";
import { boxOf, boxOfRepair, marksOf, withParameters } from "./shapes";
import { FINDINGS, layersOfFindings, MARKS, RECORDS, REPAIR, SELECTED, VEIL } from "./style";

const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
const MOST = 1000;
const FINGER_PX = 12;
const LEAST_SPAN_M = 30;
const CLOSEST = 23;

/** What the list says about its map; the names of its data attributes. */
export type FindingsConfig = Readonly<Record<string, string | undefined>>;

type Chosen = (id: number, isByKey: boolean) => void;

/** The findings over the file's own shapes over the pool's tiles, of what is in view. */
export class FindingsMap {
  readonly #view: View;
  readonly #config: FindingsConfig;
  readonly #chosen: Chosen;
  #question = new AbortController();

  /** Ready once the map can be drawn on. Fails where the browser cannot draw, or the service does not answer. */
  static async begin(container: HTMLElement, config: FindingsConfig, chosen: Chosen): Promise<FindingsMap> {
    if (!canDraw()) throw new Error("This browser has no WebGL 2.");
    const style = await asked<PoolStyle>(config["style"] ?? "");
    const map = new FindingsMap(container, style, config, chosen);
    await map.#loaded();
    return map;
  }

  private constructor(container: HTMLElement, style: PoolStyle, config: FindingsConfig, chosen: Chosen) {
    const words = wordsIn(document.documentElement.lang);
    this.#config = config;
    this.#chosen = chosen;
    this.#view = new View(container, style, null, words);
    this.#view.canvas.setMaxZoom(CLOSEST);
    this.#view.canvas.fitBounds(this.#bounds, { padding: 40, maxZoom: 19, animate: false });
  }

  get #bounds(): LngLatBoundsLike {
    return (this.#config["bounds"] ?? "").split(",").map(Number) as [number, number, number, number];
  }

  async #loaded(): Promise<void> {
    const { canvas } = this.#view;
    await new Promise<void>((resolve) => canvas.once("load", () => resolve()));
    canvas.addSource(REPAIR, { type: "geojson", data: NOTHING, maxzoom: 24, tolerance: 0 });
    for (const id of [RECORDS, FINDINGS, MARKS, SELECTED]) canvas.addSource(id, { type: "geojson", data: NOTHING });
    this.#view.show([this.#config["layer"] ?? "", "roads", "districts"]);
    canvas.addLayer(VEIL);
    for (const layer of layersOfFindings()) canvas.addLayer(layer);
    canvas.on("moveend", () => void this.#refresh());
    canvas.on("click", ({ point }) => this.#choose(point, false));
    canvas.getCanvas().addEventListener("keydown", ({ key }) => key === "Enter" && this.#choose(this.#middle, true));
    await this.#refresh();
    canvas.getContainer().dataset["ready"] = "yes";
  }

  resize(): void {
    this.#view.canvas.resize();
  }

  /** Outline the finding, go there if asked, and return its sentence. */
  async select(id: number, isToGo: boolean): Promise<string | null> {
    const found = await asked<FeatureCollection>(withParameters(this.#config["shapes"] ?? "", { id: String(id) }));
    const [feature] = found.features;
    if (feature === undefined) return null;
    const data: FeatureCollection = { type: "FeatureCollection", features: feature.geometry === null ? [] : [feature] };
    await Promise.all([this.#source(SELECTED).setData(data), this.#source(REPAIR).setData(NOTHING)]);
    const box = boxOf(feature, LEAST_SPAN_M);
    if (isToGo && box !== null) this.#view.canvas.fitBounds(box, { padding: 60, maxZoom: 20.5, animate: false });
    this.#view.canvas.getContainer().dataset["selected"] = String(id);
    return String(feature.properties?.["sentence"] ?? "");
  }

  /** Draw a record before and after its repair, as close as the repair is small; the list has its sentence. */
  async selectRepair(id: number): Promise<null> {
    const found = await asked<FeatureCollection>(withParameters(this.#config["repairs"] ?? "", { id: String(id) }));
    await Promise.all([this.#source(SELECTED).setData(NOTHING), this.#source(REPAIR).setData(found)]);
    const box = boxOfRepair(found);
    if (box !== null) this.#view.canvas.fitBounds(box, { padding: 60, maxZoom: CLOSEST, animate: false });
    this.#view.canvas.getContainer().dataset["repair"] = String(id);
    return null;
  }

  /** Only what is in view is asked for: a report may hold more than any browser can draw. */
  async #refresh(): Promise<void> {
    this.#question.abort();
    this.#question = new AbortController();
    const { signal } = this.#question;
    const [[west, south], [east, north]] = this.#view.canvas.getBounds().toArray() as [[number, number], [number, number]];
    const bbox = [west, south, east, north].map((side) => side.toFixed(6)).join(",");
    try {
      const [findings, records] = await Promise.all([
        asked<FeatureCollection>(withParameters(this.#config["chosen"] ?? "", { bbox, limit: String(MOST) }), signal),
        asked<FeatureCollection>(withParameters(this.#config["records"] ?? "", { bbox }), signal),
      ]);
      this.#draw(findings, records);
    } catch (error) {
      if (!signal.aborted) console.warn(error); // what is drawn stays; the next move asks again
    }
  }

  #draw(findings: FeatureCollection, records: FeatureCollection): void {
    const exact = findings.features.filter((feature) => feature.properties?.["is_exact"] === true && feature.geometry !== null);
    void this.#source(RECORDS).setData(records);
    void this.#source(FINDINGS).setData({ type: "FeatureCollection", features: exact });
    void this.#source(MARKS).setData(marksOf(findings));
    this.#view.canvas.getContainer().dataset["drawn"] = String(findings.features.length);
  }

  #choose(at: PointLike, isByKey: boolean): void {
    const { x, y } = at as { x: number; y: number };
    const around: [PointLike, PointLike] = [
      [x - FINGER_PX, y - FINGER_PX],
      [x + FINGER_PX, y + FINGER_PX],
    ];
    const layers = layersOfFindings().flatMap(({ id, source }) => (source === MARKS || source === FINDINGS ? [id] : []));
    const hit: MapGeoJSONFeature | undefined = this.#view.canvas.queryRenderedFeatures(around, { layers })[0];
    if (hit !== undefined) this.#chosen(Number(hit.id), isByKey);
  }

  get #middle(): PointLike {
    const { clientWidth, clientHeight } = this.#view.canvas.getContainer();
    return { x: clientWidth / 2, y: clientHeight / 2 } as unknown as PointLike;
  }

  #source(id: string): GeoJSONSource {
    return this.#view.canvas.getSource<GeoJSONSource>(id)!;
  }
}

async function asked<Answer>(address: string, signal?: AbortSignal): Promise<Answer> {
  const reply = await fetch(address, { headers: { Accept: "application/json" }, signal: signal ?? null });
  if (!reply.ok) throw new Error(`${reply.status} ${address}`);
  return (await reply.json()) as Answer;
}

