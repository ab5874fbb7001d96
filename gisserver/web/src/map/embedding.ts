import type { Feature } from "geojson";
import type { LayerState } from "./address";
import type { PoolLayer } from "./pool_style";
import { asked, type Asked } from "./embedding_messages";
import type { Words } from "./words";

/** What the page around may have done, and what it is told of. */
export interface Embedded {
  /** Zoom, centre, box, layers from the top. */
  view(): object;
  layers(): readonly PoolLayer[];
  goTo(lon: number, lat: number, zoom: number | null): void;
  goToBox(box: readonly [number, number, number, number]): void;
  showLayers(layers: readonly LayerState[]): void;
  /** False where there is no such feature for this reader. */
  openFeature(layer: string, uid: string): Promise<boolean>;
}

/** The way between a map in a frame and the page around it, which is heard only from the sites that the service names. */
export class Embedding {
  readonly #map: Embedded;
  readonly #origins: ReadonlySet<string>;
  readonly #words: Words;
  #parent: string | null;

  constructor(map: Embedded, origins: readonly string[], words: Words) {
    this.#map = map;
    this.#words = words;
    this.#origins = new Set([...origins, location.origin]);
    this.#parent = this.#allowed(parentOrigin());
    addEventListener("message", (event) => void this.#hear(event));
  }

  ready(): void {
    this.#tell("ready", { layers: this.#map.layers().map(({ id, title }) => ({ id, title })), ...this.#map.view() });
  }

  viewChanged(): void {
    this.#tell("viewChanged", this.#map.view());
  }

  /** Null where the card was closed. Only the name goes out: who is signed in sees more than the site around may. */
  featurePicked(picked: { readonly layer: PoolLayer; readonly feature: Feature } | null): void {
    const { layer, feature } = picked ?? {};
    this.#tell("featurePicked", { layer: layer?.id ?? null, id: feature?.id ?? null, ref: feature?.properties?.["ref"] ?? null });
  }

  async #hear({ data, origin, source }: MessageEvent<unknown>): Promise<void> {
    if (source !== parent || source === window || this.#allowed(origin) === null) return;
    this.#parent = origin;
    const wish = asked(data);
    if (wish === null) return;
    if (wish === "senseless") return this.#tell("refused", { sentence: this.#words.unknownMessage });
    await this.#follow(wish);
  }

  async #follow(wish: Asked): Promise<void> {
    switch (wish.type) {
      case "hello":
        return this.ready();
      case "goTo":
        return "box" in wish ? this.#map.goToBox(wish.box) : this.#map.goTo(wish.lon, wish.lat, wish.zoom);
      case "showLayers": {
        this.#map.showLayers(wish.layers);
        return;
      }
      case "openFeature":
        if (!(await this.#map.openFeature(wish.layer, wish.id))) {
          this.#tell("refused", { sentence: this.#words.featureNotShown(wish.id, wish.layer) });
        }
    }
  }

  #tell(type: string, more: object): void {
    if (this.#parent !== null) parent.postMessage({ source: "gisserver", type, ...more }, this.#parent);
  }

  #allowed(origin: string | null): string | null {
    return origin !== null && this.#origins.has(origin) ? origin : null;
  }
}

/** Not every browser tells; then the first message of the page around does. */
function parentOrigin(): string | null {
  const ancestors = (location as { readonly ancestorOrigins?: DOMStringList }).ancestorOrigins;
  if (ancestors?.[0] !== undefined) return ancestors[0];
  return document.referrer === "" ? null : new URL(document.referrer).origin;
}
