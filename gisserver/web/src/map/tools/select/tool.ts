import type { Geometry } from "geojson";
import { shownArea, shownCount, shownLength } from "../../amounts";
import { type LayerSum, type LayerThen, type Sum, Unanswered, wasReplaced } from "../../api";
import { chip, choice } from "../../chips";
import { crossesItself } from "../../crossing";
import type { Desk, Tool } from "../../desk";
import { element } from "../../element";
import { Pen } from "../../pen";
import type { Moment } from "../../moment";
import { legendSign } from "../../swatch";
import { shownMoment } from "../../values";
import { meets } from "../table/cql";
import { selectWords } from "./words";

/** An address takes no more. */
const LONGEST_FILTER = 6000;

export const TOOL: Tool = {
  title: { tr: "Seç", en: "Select", fr: "Sélectionner" },
  open(desk: Desk, body: HTMLElement): () => void {
    const selection = new Selection(desk, body);
    return () => selection.end();
  },
};

/** What of one layer lies there, as of when. */
interface SumThen extends LayerSum {
  readonly at: Moment;
}

/** A shape, and what of the visible layers lies in it. */
class Selection {
  readonly #desk: Desk;
  readonly #pen: Pen;
  readonly #result = element("div", { "aria-live": "polite" });
  #asking = new AbortController();

  constructor(desk: Desk, body: HTMLElement) {
    const words = selectWords(desk);
    this.#desk = desk;
    this.#pen = new Pen(desk, ({ geometry }) => this.#take(geometry));
    body.replaceChildren(
      choice(words.shapes, words.strokes, (stroke) => this.#pen.take(stroke)),
      element("div", { class: "map-chips" }, chip(words.within, () => this.#takeChosen()), chip(words.clear, () => this.#clear())),
      this.#result,
    );
    this.#say(words.begin);
  }

  end(): void {
    this.#asking.abort();
    this.#pen.end();
  }

  #take(shape: Geometry): void {
    this.#pen.replace([]);
    this.#desk.unfoldPanel();
    this.#desk.view.mark([shape]);
    if (crossesItself(shape)) return this.#say(this.#desk.words.crosses);
    void this.#ask(shape);
  }

  #takeChosen(): void {
    const shape = this.#desk.chosen?.feature.geometry;
    if (shape?.type === "Polygon" || shape?.type === "MultiPolygon") this.#take(shape);
    else this.#say(selectWords(this.#desk).noArea);
  }

  #clear(): void {
    this.#asking.abort();
    this.#desk.view.mark([]);
    this.#say(selectWords(this.#desk).begin);
  }

  async #ask(shape: Geometry): Promise<void> {
    const words = selectWords(this.#desk);
    const layers = this.#desk.visibleNow();
    if (layers.length === 0) return this.#say(words.noLayers);
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#say(words.looking);
    try {
      this.#show(shape, (await this.#sums(shape, layers)).filter(({ count }) => count > 0));
    } catch (error) {
      if (!wasReplaced(error)) this.#say((error instanceof Unanswered ? error.sentence : null) ?? words.failed);
    }
  }

  /** Each layer is counted as of the day that it is drawn of. */
  async #sums(shape: Geometry, layers: readonly LayerThen[]): Promise<SumThen[]> {
    const { signal } = this.#asking;
    const moments = [...new Set(layers.map(({ at }) => at))];
    const asked = moments.map(async (at): Promise<SumThen[]> => {
      const named = layers.filter((one) => one.at === at).map(({ layer }) => layer.id);
      return (await this.#desk.api.summaryOf(shape, named, at, signal)).layers.map((sum) => ({ ...sum, at }));
    });
    const found = (await Promise.all(asked)).flat();
    return layers.flatMap(({ layer }) => found.filter(({ id }) => id === layer.id));
  }

  #show(shape: Geometry, sums: readonly SumThen[]): void {
    const words = selectWords(this.#desk);
    if (sums.length === 0) return this.#say(words.nothing);
    const filter = meets(shape);
    const isShort = filter.length <= LONGEST_FILTER;
    const note = isShort ? [] : [element("p", { class: "soft" }, words.tooLong)];
    const blocks = sums.map((sum) => this.#block(sum, isShort ? filter : null));
    this.#result.replaceChildren(element("h3", { class: "map-result-heading" }, words.heading), ...note, element("ul", { class: "map-legend" }, ...blocks));
  }

  #block(sum: SumThen, filter: string | null): HTMLElement {
    const layer = this.#desk.layers.layer(sum.id)!;
    const rows = layer.legend.flatMap((row) => {
      const found = sum.classes.find(({ key }) => key === row.key);
      return found === undefined ? [] : [element("li", { class: "map-legend-layer" }, legendSign(row), element("span", {}, row.title), this.#amount(found))];
    });
    const { language, words: general } = this.#desk;
    const words = selectWords(this.#desk);
    const when = sum.at === null ? null : element("span", { class: "map-layer-hint" }, general.asOf(shownMoment(sum.at, language, general)));
    const table = filter === null ? [] : [chip(words.table(layer.title), () => void this.#desk.openTable({ layer, filter }))];
    const head = element("div", { class: "map-legend-layer" }, element("strong", {}, layer.title, when), this.#amount(sum));
    return element("li", { "data-layer": layer.id }, head, element("ul", {}, ...rows), ...table);
  }

  #amount({ count, area_m2, length_m }: Sum): HTMLElement {
    const { language } = this.#desk;
    const extent = area_m2 > 0 ? shownArea(area_m2, language) : length_m > 0 ? shownLength(length_m, language) : null;
    return element("span", { class: "map-legend-amount number" }, [shownCount(count, language), extent].filter((one) => one !== null).join(" · "));
  }

  #say(sentence: string): void {
    this.#result.replaceChildren(element("p", { class: "map-legend-note" }, sentence));
  }
}
