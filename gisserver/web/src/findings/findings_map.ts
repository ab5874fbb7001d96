import type { FeatureCollection } from "geojson";
import type { LngLatBoundsLike, MapGeoJSONFeature } from "maplibre-gl";
import { asked, Backdrop, NOTHING } from "../map/backdrop";
import { boxOf, boxOfRepair, marksOf, withParameters } from "./shapes";
import { FINDINGS, layersOfFindings, MARKS, RECORDS, REPAIR, SELECTED, VEIL } from "./style";

const MOST = 1000;
const LEAST_SPAN_M = 30;
const CLOSEST = 23;

/** What the list says about its map; the names of its data attributes. */
export type FindingsConfig = Readonly<Record<string, string | undefined>>;

type Chosen = (id: number, isByKey: boolean) => void;

/** The findings over the file's own shapes over the pool's tiles, of what is in view. */
export class FindingsMap {
  readonly #ground: Backdrop;
  readonly #config: FindingsConfig;
  #question = new AbortController();

  /** Ready once the map can be drawn on. Fails where the browser cannot draw, or the service does not answer. */
  static async begin(container: HTMLElement, config: FindingsConfig, chosen: Chosen): Promise<FindingsMap> {
    const bounds = (config["bounds"] ?? "").split(",").map(Number) as [number, number, number, number];
    const ground = await Backdrop.begin(container, config["style"] ?? "", bounds as LngLatBoundsLike);
    const map = new FindingsMap(ground, config);
    await map.#prepare(chosen);
    return map;
  }

  private constructor(ground: Backdrop, config: FindingsConfig) {
    this.#ground = ground;
    this.#config = config;
  }

  async #prepare(chosen: Chosen): Promise<void> {
    const { canvas } = this.#ground;
    canvas.setMaxZoom(CLOSEST);
    canvas.addSource(REPAIR, { type: "geojson", data: NOTHING, maxzoom: 24, tolerance: 0 });
    this.#ground.addSources([RECORDS, FINDINGS, MARKS, SELECTED]);
    this.#ground.show([this.#config["layer"] ?? "", "roads", "districts"]);
    canvas.addLayer(VEIL);
    for (const layer of layersOfFindings()) canvas.addLayer(layer);
    canvas.on("moveend", () => void this.#refresh());
    const layers = layersOfFindings().flatMap(({ id, source }) => (source === MARKS || source === FINDINGS ? [id] : []));
    this.#ground.onPointed(layers, ([hit]: readonly MapGeoJSONFeature[], isByKey) => hit !== undefined && chosen(Number(hit.id), isByKey));
    await this.#refresh();
    canvas.getContainer().dataset["ready"] = "yes";
  }

  resize(): void {
    this.#ground.canvas.resize();
  }

  /** Outline the finding, go there if asked, and return its sentence. */
  async select(id: number, isToGo: boolean): Promise<string | null> {
    const found = await asked<FeatureCollection>(withParameters(this.#config["shapes"] ?? "", { id: String(id) }));
    const [feature] = found.features;
    if (feature === undefined) return null;
    const data: FeatureCollection = { type: "FeatureCollection", features: feature.geometry === null ? [] : [feature] };
    await Promise.all([this.#ground.draw(SELECTED, data), this.#ground.draw(REPAIR, NOTHING)]);
    const { canvas } = this.#ground;
    const box = boxOf(feature, LEAST_SPAN_M);
    if (isToGo && box !== null) canvas.fitBounds(box, { padding: 60, maxZoom: 20.5, animate: false });
    canvas.getContainer().dataset["selected"] = String(id);
    return String(feature.properties?.["sentence"] ?? "");
  }

  /** Draw a record before and after its repair, as close as the repair is small; the list has its sentence. */
  async selectRepair(id: number): Promise<null> {
    const found = await asked<FeatureCollection>(withParameters(this.#config["repairs"] ?? "", { id: String(id) }));
    await Promise.all([this.#ground.draw(SELECTED, NOTHING), this.#ground.draw(REPAIR, found)]);
    const { canvas } = this.#ground;
    const box = boxOfRepair(found);
    if (box !== null) canvas.fitBounds(box, { padding: 60, maxZoom: CLOSEST, animate: false });
    canvas.getContainer().dataset["repair"] = String(id);
    return null;
  }

  /** Only what is in view is asked for: a report may hold more than any browser can draw. */
  async #refresh(): Promise<void> {
    this.#question.abort();
    this.#question = new AbortController();
    const { signal } = this.#question;
    const [[west, south], [east, north]] = this.#ground.canvas.getBounds().toArray() as [[number, number], [number, number]];
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
    void this.#ground.draw(RECORDS, records);
    void this.#ground.draw(FINDINGS, { type: "FeatureCollection", features: exact });
    void this.#ground.draw(MARKS, marksOf(findings));
    this.#ground.canvas.getContainer().dataset["drawn"] = String(findings.features.length);
  }
}
