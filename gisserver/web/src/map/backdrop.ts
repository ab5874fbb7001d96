import "maplibre-gl/dist/maplibre-gl.css";
import "./map.css";
import type { FeatureCollection } from "geojson";
import type { GeoJSONSource, LngLatBoundsLike, Map as Canvas, MapGeoJSONFeature, PointLike } from "maplibre-gl";
import type { PoolStyle } from "./pool_style";
import { canDraw, View } from "./view";
import { wordsIn } from "./words";

const FINGER_PX = 12;
export const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };

/** What is under a pointer or a finger, the topmost first; with the keyboard, what is in the middle. */
export type Pointed = (features: readonly MapGeoJSONFeature[], isByKey: boolean) => void;

/** The pool as the ground on which a page draws what it speaks of. */
export class Backdrop {
  readonly canvas: Canvas;
  readonly #view: View;

  /** Ready once it can be drawn on. Fails where the browser cannot draw, or the service does not answer. */
  static async begin(container: HTMLElement, style: string, bounds: LngLatBoundsLike): Promise<Backdrop> {
    if (!canDraw()) throw new Error("This browser has no WebGL 2.");
    const backdrop = new Backdrop(container, await asked<PoolStyle>(style), bounds);
    await new Promise<void>((resolve) => backdrop.canvas.once("load", () => resolve()));
    return backdrop;
  }

  private constructor(container: HTMLElement, style: PoolStyle, bounds: LngLatBoundsLike) {
    this.#view = new View(container, style, null, wordsIn(document.documentElement.lang));
    this.canvas = this.#view.canvas;
    this.canvas.fitBounds(bounds, { padding: 40, maxZoom: 19, animate: false });
  }

  /** Draw these layers of the pool and no other. */
  show(layers: readonly string[]): void {
    this.#view.show(layers);
  }

  /** Another map moves with this one, as long as both are there. */
  moveTogether(): void {
    this.#view.whileFollowed();
  }

  /** What is to be drawn above the pool, still empty. */
  addSources(ids: readonly string[]): void {
    for (const id of ids) this.canvas.addSource(id, { type: "geojson", data: NOTHING });
  }

  async draw(id: string, data: FeatureCollection): Promise<void> {
    await this.canvas.getSource<GeoJSONSource>(id)?.setData(data);
  }

  /** Tell of these style layers what a click, a tap or Enter means. */
  onPointed(layers: readonly string[], pointed: Pointed): void {
    const look = ({ x, y }: { x: number; y: number }, isByKey: boolean): void => {
      const around: [PointLike, PointLike] = [
        [x - FINGER_PX, y - FINGER_PX],
        [x + FINGER_PX, y + FINGER_PX],
      ];
      pointed(this.canvas.queryRenderedFeatures(around, { layers: [...layers] }), isByKey);
    };
    this.canvas.on("click", ({ point }) => look(point, false));
    this.canvas.getCanvas().addEventListener("keydown", ({ key }) => key === "Enter" && this.#whenDrawn(() => look(this.#middle, true)));
  }

  /** Keys are quicker than the picture: what was just brought to the middle may not be drawn yet. */
  #whenDrawn(look: () => void): void {
    if (this.canvas.loaded() && !this.canvas.isMoving()) look();
    else void this.canvas.once("idle", look);
  }

  get #middle(): { x: number; y: number } {
    const { clientWidth, clientHeight } = this.canvas.getContainer();
    return { x: clientWidth / 2, y: clientHeight / 2 };
  }
}

export async function asked<Answer>(address: string, signal?: AbortSignal): Promise<Answer> {
  const reply = await fetch(address, { headers: { Accept: "application/json" }, signal: signal ?? null });
  if (!reply.ok) throw new Error(`${reply.status} ${address}`);
  return (await reply.json()) as Answer;
}
