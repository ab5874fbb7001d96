import type { Feature } from "geojson";
import { filled, type MapConfig } from "./config";
import type { FieldSchema } from "./values";

/** The service did not answer, or not with what was asked. */
export class Unanswered extends Error {}

/** A point and how many metres around it a finger or a pointer may mean. */
export interface Place {
  readonly lon: number;
  readonly lat: number;
  readonly radius: number;
}

export interface LayerAtPlace {
  readonly id: string;
  readonly title: string;
  readonly features: readonly Feature[];
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

  async at(place: Place, layers: readonly string[], signal: AbortSignal): Promise<readonly LayerAtPlace[]> {
    const asked = new URLSearchParams({
      lon: place.lon.toFixed(7),
      lat: place.lat.toFixed(7),
      radius: place.radius.toFixed(0),
      layers: layers.join(","),
      lang: this.#language,
    });
    const answer = await ask<{ layers: readonly LayerAtPlace[] }>(`${this.#config.at}?${asked}`, signal);
    return answer.layers;
  }

  suggest(query: string, signal: AbortSignal): Promise<SearchAnswer> {
    return ask(`${this.#config.suggest}?${new URLSearchParams({ q: query, lang: this.#language })}`, signal);
  }

  search(query: string, signal: AbortSignal): Promise<SearchAnswer> {
    return ask(`${this.#config.search}?${new URLSearchParams({ q: query, lang: this.#language })}`, signal);
  }

  async epoch(): Promise<number> {
    return (await ask<{ epoch: number }>(this.#config.epoch)).epoch;
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

async function ask<Answer>(address: string, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(address, { headers: { Accept: "application/json" }, signal: signal ?? null });
  if (!response.ok) throw new Unanswered(`${response.status} ${address}`);
  return (await response.json()) as Answer;
}

/** True where a newer question has replaced this one, so that there is nothing to tell anybody. */
export function wasReplaced(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
