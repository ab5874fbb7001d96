import type { FeatureCollection } from "geojson";
import type { LngLatBoundsLike } from "maplibre-gl";
import { boxOf, withParameters } from "../findings/shapes";
import { asked, Backdrop } from "../map/backdrop";
import { nextChange, refOf, sideOf, type Side } from "./sides";
import { BOTH, layersOf, OWN, POINTED, SELECTED } from "./style";

const LEAST_SPAN_M = 30;
const CLOSEST = 21;

/** What the list says about its maps; the names of its data attributes. */
export type CompareConfig = Readonly<Record<string, string | undefined>>;

type Chosen = (id: number, isByKey: boolean) => void;
type Panels = Readonly<Record<Side, HTMLElement>>;

const SIDES: readonly Side[] = ["before", "after"];

/** The changes before and after, on two maps that move together. */
export class CompareMaps {
  readonly #grounds: Readonly<Record<Side, Backdrop>>;
  readonly #config: CompareConfig;
  #question = new AbortController();
  #selected: number | null = null;
  #isFollowing = false;

  /** Ready once both can be drawn on. Fails where the browser cannot draw, or the service does not answer. */
  static async begin(panels: Panels, config: CompareConfig, chosen: Chosen, told: (isWhole: boolean) => void): Promise<CompareMaps> {
    const bounds = (config["bounds"] ?? "").split(",").map(Number) as [number, number, number, number];
    const begun = (side: Side): Promise<Backdrop> => Backdrop.begin(panels[side], config["style"] ?? "", bounds as LngLatBoundsLike);
    const [before, after] = await Promise.all([begun("before"), begun("after")]);
    const maps = new CompareMaps({ before, after }, config);
    await maps.#prepare(chosen, told);
    return maps;
  }

  private constructor(grounds: Readonly<Record<Side, Backdrop>>, config: CompareConfig) {
    this.#grounds = grounds;
    this.#config = config;
  }

  async #prepare(chosen: Chosen, told: (isWhole: boolean) => void): Promise<void> {
    for (const side of SIDES) {
      const ground = this.#grounds[side];
      ground.canvas.setMaxZoom(CLOSEST);
      ground.canvas.getCanvas().setAttribute("aria-label", ground.canvas.getContainer().dataset["title"] ?? "");
      ground.addSources([BOTH, OWN, SELECTED]);
      ground.show([this.#config["layer"] ?? "", "roads", "districts"]);
      for (const layer of layersOf(side)) ground.canvas.addLayer(layer);
      ground.onPointed(POINTED, (features, isByKey) => {
        const next = nextChange(features.map(({ id }) => Number(id)), this.#selected);
        if (next !== undefined) chosen(next, isByKey);
      });
      ground.moveTogether();
      ground.canvas.on("move", () => this.#follow(side));
    }
    this.#grounds.after.canvas.on("moveend", () => void this.#refresh(told));
    await this.#refresh(told);
    this.#note("ready", "yes");
  }

  /** Outline the change on both sides, go there if asked, and return its ref. */
  async select(id: number, isToGo: boolean): Promise<string> {
    this.#selected = id;
    const shapes = await asked<FeatureCollection>(withParameters(this.#config["shapes"] ?? "", { id: String(id) }));
    if (this.#selected !== id) return refOf(shapes.features);
    await Promise.all(SIDES.map((side) => this.#grounds[side].draw(SELECTED, sideOf(shapes, side))));
    const geometries = shapes.features.map(({ geometry }) => geometry);
    const box = boxOf({ type: "Feature", properties: null, geometry: { type: "GeometryCollection", geometries } }, LEAST_SPAN_M);
    if (isToGo && box !== null) this.#grounds.after.canvas.fitBounds(box, { padding: 40, maxZoom: CLOSEST, animate: false });
    this.#note("selected", String(id));
    return refOf(shapes.features);
  }

  resize(): void {
    for (const side of SIDES) this.#grounds[side].canvas.resize();
  }

  /** The other map goes where this one went; that it moves thereby is no reason to follow back. */
  #follow(moved: Side): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    const { canvas } = this.#grounds[moved];
    const other = this.#grounds[moved === "before" ? "after" : "before"].canvas;
    other.jumpTo({ center: canvas.getCenter(), zoom: canvas.getZoom() });
    this.#isFollowing = false;
    this.#note("center", other.getCenter().toArray().map((degrees) => degrees.toFixed(6)).join(","));
  }

  /** Only what is in view is asked for: a changeset may hold more than any browser can draw. */
  async #refresh(told: (isWhole: boolean) => void): Promise<void> {
    this.#question.abort();
    this.#question = new AbortController();
    const { signal } = this.#question;
    const [[west, south], [east, north]] = this.#grounds.after.canvas.getBounds().toArray() as [[number, number], [number, number]];
    const bbox = [west, south, east, north].map((degrees) => degrees.toFixed(6)).join(",");
    try {
      const shapes = await asked<FeatureCollection & { isWhole: boolean }>(withParameters(this.#config["chosen"] ?? "", { bbox }), signal);
      await Promise.all(SIDES.flatMap((side) => [this.#grounds[side].draw(BOTH, shapes), this.#grounds[side].draw(OWN, sideOf(shapes, side))]));
      told(shapes.isWhole);
      this.#note("drawn", String(shapes.features.length));
    } catch (error) {
      if (!signal.aborted) console.warn(error); // what is drawn stays; the next move asks again
    }
  }

  #note(name: string, value: string): void {
    for (const side of SIDES) this.#grounds[side].canvas.getContainer().dataset[name] = value;
  }
}
