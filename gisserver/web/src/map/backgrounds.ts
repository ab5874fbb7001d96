import type { Map as Canvas } from "maplibre-gl";
import type { Background } from "./config";

const NAME = "background-pictures";
const PICTURE_PX = 256;

/** The maps of other servers that the profile offers, of which one at a time lies under the layers of the pool. */
export class Backgrounds {
  readonly all: readonly Background[];
  readonly #canvas: Canvas;
  readonly #listeners = new Set<() => void>();
  #chosen: Background | null = null;

  constructor(canvas: Canvas, all: readonly Background[]) {
    this.#canvas = canvas;
    this.all = all;
  }

  /** Null where only the layers of the pool are drawn. */
  get chosen(): Background | null {
    return this.#chosen;
  }

  find(id: string | null): Background | null {
    return this.all.find((one) => one.id === id) ?? null;
  }

  /** Once the style is loaded. */
  choose(id: string | null): void {
    const next = this.find(id);
    if (next === this.#chosen) return;
    if (this.#chosen !== null) {
      this.#canvas.removeLayer(NAME);
      this.#canvas.removeSource(NAME);
    }
    if (next !== null) {
      const tiles = [`${location.origin}${next.address}`];
      this.#canvas.addSource(NAME, { type: "raster", tiles, tileSize: PICTURE_PX, maxzoom: next.last_zoom });
      const lowest = this.#canvas.getStyle().layers.find(({ type }) => type !== "background");
      this.#canvas.addLayer({ id: NAME, type: "raster", source: NAME }, lowest?.id);
    }
    this.#chosen = next;
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
