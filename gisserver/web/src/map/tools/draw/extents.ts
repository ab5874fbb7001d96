import type { Geometry } from "geojson";
import type { Extent } from "../../api";
import type { Desk } from "../../desk";
import { shownArea, shownCount, shownLength } from "../../amounts";
import type { Drawn } from "../../pen";
import { groupWords } from "./group_words";

const PAUSE_MS = 400;

/** How long and how large shapes are by the service's measure; what it has not told yet is left out. */
export class Extents {
  readonly #desk: Desk;
  readonly #onKnown: () => void;
  readonly #known = new Map<string, Extent>();
  #asking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(desk: Desk, onKnown: () => void) {
    this.#desk = desk;
    this.#onKnown = onKnown;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
  }

  /** Of those among them that it does not know, once the hand rests. */
  ask(shapes: readonly Drawn[]): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(shapes), PAUSE_MS);
  }

  /** “3 · 1.2 ha · 340 m”: areas as ground, lines as length. */
  sumOf(shapes: readonly Drawn[]): string {
    const { language } = this.#desk;
    const all = shapes.map(({ geometry }) => ({ kind: geometry.type, extent: this.#known.get(keyOf(geometry)) }));
    const area = all.reduce((sum, { kind, extent }) => sum + (kind === "Polygon" ? (extent?.area_m2 ?? 0) : 0), 0);
    const length = all.reduce((sum, { kind, extent }) => sum + (kind === "LineString" ? (extent?.length_m ?? 0) : 0), 0);
    const crossing = all.filter(({ extent }) => extent?.area_m2 === null).length;
    return [
      shownCount(shapes.length, language),
      ...(area > 0 ? [shownArea(area, language)] : []),
      ...(length > 0 ? [shownLength(length, language)] : []),
      ...(crossing > 0 ? [groupWords(this.#desk).crossing(crossing)] : []),
    ].join(" · ");
  }

  /** Of one shape; nothing where nothing is known, or nothing to measure. */
  of(shape: Drawn): string {
    return this.sumOf([shape]).split(" · ").slice(1).join(" · ");
  }

  async #ask(shapes: readonly Drawn[]): Promise<void> {
    const unknown = new Map(shapes.filter(({ geometry }) => geometry.type !== "Point").map(({ geometry }) => [keyOf(geometry), geometry]));
    for (const key of this.#known.keys()) unknown.delete(key);
    if (unknown.size === 0) return;
    this.#asking.abort();
    this.#asking = new AbortController();
    try {
      const found = await this.#desk.api.extents([...unknown.values()], this.#asking.signal);
      [...unknown.keys()].forEach((key, place) => found[place] !== undefined && this.#known.set(key, found[place]));
      this.#onKnown();
    } catch {
      // The list still says how many they are; the next change asks again.
    }
  }
}

function keyOf({ type, ...shape }: Geometry): string {
  return type + JSON.stringify((shape as { coordinates?: unknown }).coordinates);
}
