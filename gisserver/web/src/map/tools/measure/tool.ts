import type { Geometry } from "geojson";
import { type Measures, Unanswered, wasReplaced } from "../../api";
import { chip, choice } from "../../chips";
import { crossesItself } from "../../crossing";
import type { Desk, Tool, Wish } from "../../desk";
import { element } from "../../element";
import { Pen } from "../../pen";
import { sexagesimal } from "./sexagesimal";
import { measureWords } from "./words";

export const TOOL: Tool = {
  title: { tr: "Ölç", en: "Measure", fr: "Mesurer" },
  open(desk: Desk, body: HTMLElement, { at }: Wish): () => void {
    const measuring = new Measuring(desk, body);
    if (at !== undefined) measuring.finish({ type: "Point", coordinates: [...at] });
    return () => measuring.end();
  },
};

const PAUSE_MS = 200;
const SIDES_SHOWN = 12;

/** Length, area and bearings of what is drawn: in the plane, on the ellipsoid, and as registered. */
class Measuring {
  readonly #desk: Desk;
  readonly #pen: Pen;
  readonly #result = element("div", { "aria-live": "polite" });
  #asking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(desk: Desk, body: HTMLElement) {
    const words = measureWords(desk);
    this.#desk = desk;
    this.#pen = new Pen(desk, ({ geometry }) => this.finish(geometry), () => this.#measureSoon());
    body.replaceChildren(
      choice(words.what, [["linestring", words.length], ["polygon", words.area], ["point", words.place]], (stroke) => {
        this.#pen.replace([]);
        this.#pen.take(stroke);
      }),
      element("div", { class: "map-chips" }, chip(words.open, () => this.#measureChosen())),
      this.#result,
    );
    this.#say(words.begin);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#pen.end();
  }

  /** Tell of a whole shape. */
  finish(shape: Geometry): void {
    this.#desk.unfoldPanel();
    void this.#measure(shape);
  }

  /** While it is drawn, at each rest of the hand. */
  #measureSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const shape = this.#pen.features.at(-1)?.geometry;
      // An outline under the hand may cross itself for a moment.
      if (shape?.type === "LineString") void this.#measure(shape);
    }, PAUSE_MS);
  }

  #measureChosen(): void {
    const { chosen } = this.#desk;
    if (chosen === null || chosen.feature.geometry.type.endsWith("Point")) return this.#say(measureWords(this.#desk).noneOpen);
    const registered: unknown = chosen.feature.properties?.["registered_area_m2"];
    void this.#measure(chosen.feature.geometry, typeof registered === "number" ? registered : null);
  }

  async #measure(shape: Geometry, registered: number | null = null): Promise<void> {
    clearTimeout(this.#timer);
    this.#asking.abort();
    if (crossesItself(shape)) return this.#say(this.#desk.words.crosses);
    this.#asking = new AbortController();
    const { api } = this.#desk;
    try {
      if (shape.type === "Point") return await this.#locate(shape.coordinates[0]!, shape.coordinates[1]!);
      this.#show(await api.measures(shape, this.#asking.signal), registered);
    } catch (error) {
      if (wasReplaced(error)) return;
      this.#say((error instanceof Unanswered ? error.sentence : null) ?? measureWords(this.#desk).failed);
    }
  }

  async #locate(lon: number, lat: number): Promise<void> {
    const words = measureWords(this.#desk);
    const { systems } = await this.#desk.api.coordinates(lon, lat, this.#asking.signal);
    const rows = systems.flatMap(({ name, text, accuracy_m }) => [
      element("dt", {}, name),
      element("dd", { class: "number" }, accuracy_m === null ? text : `${text} (± ${accuracy_m} m)`),
    ]);
    const degrees = [element("dt", {}, words.degrees), element("dd", { class: "number" }, `${sexagesimal(lat)} N  ${sexagesimal(lon)} E`)];
    this.#result.replaceChildren(element("dl", { class: "map-facts" }, ...degrees, ...rows));
  }

  #show({ plane, ellipsoid, segments }: Measures, registered: number | null): void {
    const words = measureWords(this.#desk);
    const isArea = plane.area_m2 > 0;
    const value = (length: number, area: number): string => (isArea ? `${this.#number(area)} m²` : `${this.#number(length)} m`);
    const rows: [string, string][] = [
      [`${words.plane} (EPSG:${plane.crs.split("/").at(-1)})`, value(plane.length_m, plane.area_m2)],
      [words.ellipsoid, value(ellipsoid.length_m, ellipsoid.area_m2)],
    ];
    if (registered !== null) rows.push([words.registered, `${this.#number(registered)} m²`]);
    if (isArea) rows.push([words.around, `${this.#number(plane.length_m)} m`]);
    const sides = segments.slice(0, SIDES_SHOWN).map((side, place): [string, string] => [
      words.side(place + 1),
      `${this.#number(side.length_m)} m · ${this.#number(side.bearing_deg, 3)}° / ${this.#number((side.bearing_deg * 400) / 360, 3)}ᵍ`,
    ]);
    const facts = [...rows, ...sides].flatMap(([name, shown]) => [element("dt", {}, name), element("dd", { class: "number" }, shown)]);
    this.#result.replaceChildren(element("dl", { class: "map-facts" }, ...facts));
  }

  #number(value: number, decimals = 2): string {
    return new Intl.NumberFormat(this.#desk.language, { maximumFractionDigits: decimals, minimumFractionDigits: 2 }).format(value);
  }

  #say(sentence: string): void {
    this.#result.replaceChildren(element("p", { class: "map-legend-note" }, sentence));
  }
}
