import type { Feature, Geometry, Position } from "geojson";
import { filled, type MapConfig } from "./config";
import type { LayerFacts } from "./layer_facts";
import { isPublish, type Moment, momentAsked } from "./moment";
import type { PoolLayer } from "./pool_style";
import type { FieldSchema } from "./values";

/** The service did not answer, or not with what was asked. */
export class Unanswered extends Error {
  /** The service's own sentence about what is wrong; null where it said nothing. */
  readonly sentence: string | null;

  /** True where the same question would be answered alike: it was refused, not lost. */
  readonly isFinal: boolean;

  /** True where only who signs in anew is answered: the session has ended. */
  readonly isSignedOut: boolean;

  constructor(message: string, sentence: string | null = null, status = 0) {
    super(message);
    this.sentence = sentence;
    this.isSignedOut = status === 401;
    this.isFinal = status >= 400 && status < 500 && status !== 429;
  }
}

/** A point and how many metres around it a finger or a pointer may mean. */
export interface Place {
  readonly lon: number;
  readonly lat: number;
  readonly radius: number;
}

/** A layer as it is drawn: now, or as of another moment. */
export interface LayerThen {
  readonly layer: PoolLayer;
  readonly at: Moment;
}

export interface LayerAtPlace {
  readonly id: string;
  readonly title: string;
  readonly features: readonly Feature[];
  /** The publish in force at the moment that was asked for. */
  readonly epoch: number;
}

export interface Hit {
  readonly kind: string;
  readonly title: string;
  readonly subtitle?: string | null;
  readonly lon: number;
  readonly lat: number;
  readonly bbox?: [number, number, number, number] | null;
  readonly layer?: string | null;
  readonly uid?: string | null;
}

export interface SearchAnswer {
  readonly query: string;
  readonly ambiguous?: boolean;
  readonly note?: string | null;
  readonly hits: readonly Hit[];
}

/** How many, and how much ground or length. */
export interface Sum {
  readonly count: number;
  readonly area_m2: number;
  readonly length_m: number;
}

export interface LayerSum extends Sum {
  readonly id: string;
  /** False where whole groups and neighbourhoods were counted. */
  readonly is_cut: boolean;
  readonly classes: readonly (Sum & { readonly key: string | null })[];
}

export interface Summary {
  readonly epoch: number;
  /** When the first publish was, where the moment asked for lies before it. */
  readonly begins?: string;
  readonly layers: readonly LayerSum[];
}

/** A length and an area, in the plane of the storage system or on the ellipsoid. */
export interface Measure {
  readonly length_m: number;
  readonly area_m2: number;
}

export interface Measures {
  readonly plane: Measure & { readonly crs: string };
  readonly ellipsoid: Measure;
  /** From corner to corner, the bearing from grid north in degrees. */
  readonly segments: readonly { readonly length_m: number; readonly bearing_deg: number }[];
}

/** Of one shape of several in the plane; an outline that crosses itself has no area. */
export interface Extent {
  readonly length_m: number;
  readonly area_m2: number | null;
}

/** A place as one system writes it. */
export interface Written {
  readonly crs: string;
  readonly name: string;
  readonly text: string;
  /** How sure the change of datum is; null where there is none. */
  readonly accuracy_m: number | null;
}

/** Where a corner lies that was typed. */
export interface Corner {
  readonly lon: number;
  readonly lat: number;
}

export type Fields = Readonly<Record<string, FieldSchema>>;

/** The few questions the map page asks the service. */
export class Api {
  readonly #config: MapConfig;
  readonly #language: string;
  readonly #fields = new Map<string, Promise<Fields>>();

  /** The language of the page goes with every question, for its address may have asked for another than the browser. */
  constructor(config: MapConfig, language: string) {
    this.#config = config;
    this.#language = language;
  }

  /** Layers of the same moment are asked together. */
  async at(place: Place, layers: readonly LayerThen[], signal: AbortSignal): Promise<readonly LayerAtPlace[]> {
    const moments = [...new Set(layers.map(({ at }) => at))];
    const answers = moments.map((moment) => {
      const ids = layers.filter(({ at }) => at === moment).map(({ layer }) => layer.id);
      return this.#atMoment(place, ids, moment, signal);
    });
    return (await Promise.all(answers)).flat();
  }

  async #atMoment(place: Place, layers: readonly string[], moment: Moment, signal: AbortSignal): Promise<readonly LayerAtPlace[]> {
    const asked = new URLSearchParams({
      lon: place.lon.toFixed(7),
      lat: place.lat.toFixed(7),
      radius: place.radius.toFixed(0),
      layers: layers.join(","),
      lang: this.#language,
      ...momentAsked(moment),
    });
    const { epoch, layers: found } = await ask<{ epoch: number; layers: readonly Omit<LayerAtPlace, "epoch">[] }>(`${this.#config.at}?${asked}`, signal);
    return found.map((one) => ({ ...one, epoch }));
  }

  suggest(query: string, signal: AbortSignal): Promise<SearchAnswer> {
    return ask(`${this.#config.suggest}?${new URLSearchParams({ q: query, lang: this.#language })}`, signal);
  }

  search(query: string, signal: AbortSignal): Promise<SearchAnswer> {
    return ask(`${this.#config.search}?${new URLSearchParams({ q: query, lang: this.#language })}`, signal);
  }

  /** What a view shows, by class. */
  summary(bounds: readonly number[], zoom: number, layers: readonly string[], at: Moment, signal: AbortSignal): Promise<Summary> {
    const asked = new URLSearchParams({ bbox: bboxOf(bounds), zoom: String(Math.floor(zoom)), layers: layers.join(","), ...momentAsked(at) });
    return ask(`${this.#config.summary}?${asked}`, signal);
  }

  /** The number of the publish whose state a moment has; null for now. */
  async publishAt(at: Moment, bounds: readonly number[], signal: AbortSignal): Promise<string | null> {
    if (at === null || isPublish(at)) return at;
    return String((await this.summary(bounds, 0, [], at, signal)).epoch);
  }

  /** Whose a layer is, how old, and what of it is missing in a view. */
  about(layer: string, bounds: readonly number[], signal: AbortSignal): Promise<LayerFacts> {
    const asked = new URLSearchParams({ bbox: bboxOf(bounds), lang: this.#language });
    return ask(`${filled(this.#config.about, layer)}?${asked}`, signal);
  }

  /** What lies in a shape, cut at its edge. */
  summaryOf(shape: Geometry, layers: readonly string[], at: Moment, signal: AbortSignal): Promise<Summary> {
    return this.#post(this.#config.summary, { shape, layers }, signal, at);
  }

  measures(shape: Geometry, signal: AbortSignal): Promise<Measures> {
    return this.#post(this.#config.measure, { shape }, signal);
  }

  /** Of each shape, in their order. */
  async extents(shapes: readonly Geometry[], signal: AbortSignal): Promise<readonly Extent[]> {
    return (await this.#post<{ readonly extents: readonly Extent[] }>(this.#config.measure_shapes, { shapes }, signal)).extents;
  }

  /** The ground within so many metres of a shape. */
  async buffer(shape: Geometry, metres: number): Promise<Geometry> {
    return (await this.#post<{ readonly shape: Geometry }>(this.#config.buffer, { shape, metres }, new AbortController().signal)).shape;
  }

  /** A place in every system of the profile. */
  coordinates(lon: number, lat: number, signal?: AbortSignal): Promise<{ readonly systems: readonly Written[] }> {
    const asked = new URLSearchParams({ lon: lon.toFixed(8), lat: lat.toFixed(8), lang: this.#language });
    return ask(`${this.#config.coordinates}?${asked}`, signal);
  }

  /** The corner that lies so far from another; the direction is from north, or from the side that ends there. */
  cornerAhead([lon = 0, lat = 0]: Position, length: number, direction: number, before?: Position): Promise<Corner> {
    const side = before === undefined ? {} : { before_lon: String(before[0]), before_lat: String(before[1]) };
    const asked = { lon: String(lon), lat: String(lat), length: String(length), direction: String(direction), ...side };
    return ask(`${this.#config.corners.ahead}?${new URLSearchParams({ ...asked, lang: this.#language })}`);
  }

  /** The corner at coordinates of a system, in the order of its axes. */
  cornerAt(crs: string, [first, second]: readonly [number, number]): Promise<Corner> {
    const asked = { crs, first: String(first), second: String(second), lang: this.#language };
    return ask(`${this.#config.corners.at}?${new URLSearchParams(asked)}`);
  }

  async #post<Answer>(address: string, asked: unknown, signal: AbortSignal, at: Moment = null): Promise<Answer> {
    const headers = { Accept: "application/json", "Content-Type": "application/json" };
    const body = JSON.stringify(asked);
    const words = new URLSearchParams({ lang: this.#language, ...momentAsked(at) });
    return answerOf(await fetch(`${address}?${words}`, { method: "POST", body, headers, signal }));
  }

  async epoch(): Promise<number> {
    return (await ask<{ epoch: number }>(this.#config.epoch)).epoch;
  }

  /** One feature by its lasting number. */
  feature(layer: string, uid: string): Promise<Feature> {
    return ask(`${filled(this.#config.items, layer)}/${uid}?lang=${this.#language}`);
  }

  /** The fields of a layer that the service does not have. */
  know(layer: string, fields: Fields): void {
    this.#fields.set(layer, Promise.resolve(fields));
  }

  /** Titles and units of a layer's fields; asked once, and again only after a failure. */
  fields(layer: string): Promise<Fields> {
    const known = this.#fields.get(layer);
    if (known !== undefined) return known;
    const asked = ask<{ properties: Fields }>(`${filled(this.#config.schema, layer)}?lang=${this.#language}`).then((schema) => schema.properties);
    this.#fields.set(layer, asked);
    asked.catch(() => this.#fields.delete(layer));
    return asked;
  }
}

function bboxOf(bounds: readonly number[]): string {
  return bounds.map((side) => side.toFixed(6)).join(",");
}

export async function ask<Answer>(address: string, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(address, { headers: { Accept: "application/json" }, signal: signal ?? null });
  return answerOf(response);
}

/** What the service says is wrong is worth more than a sentence of ours. */
export async function answerOf<Answer>(response: Response): Promise<Answer> {
  if (response.ok) return (await response.json()) as Answer;
  const problem = (await response.json().catch(() => null)) as { detail?: string } | null;
  throw new Unanswered(`${response.status} ${response.url}`, problem?.detail ?? null, response.status);
}

/** True where a newer question has replaced this one, so that there is nothing to tell anybody. */
export function wasReplaced(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
