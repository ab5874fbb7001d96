import type { Geometry } from "geojson";
import { shownArea, shownCount, shownLength } from "../../amounts";
import { type LayerSum, Unanswered, wasReplaced } from "../../api";
import { chip, choice } from "../../chips";
import type { Desk } from "../../desk";
import { element } from "../../element";
import type { PoolLayer } from "../../pool_style";
import { areasOf, draftOf } from "../draw/draft";
import { type Amount, amountsOf, type Share, sharesOf } from "./shares";
import { statisticsWords } from "./words";

/** Of which ground: what is in view, the last area drawn, or the feature whose card is open. */
type Ground = "view" | "drawn" | "open";

/** How many and how much of a layer lies on a piece of ground, by class: a chart and the same as a table. */
export class Statistics {
  readonly #desk: Desk;
  readonly #layers: HTMLSelectElement;
  readonly #sheet = element("section", { class: "map-statistics", "aria-live": "polite" });
  readonly #amounts = element("div");
  readonly #onMoved = (): void => void (this.#ground === "view" && this.#ask());
  readonly #stop: () => void;
  #asking = new AbortController();
  #ground: Ground = "view";
  #amount: Amount = "count";
  #epoch = 0;
  #total: LayerSum | null = null;

  constructor(desk: Desk, body: HTMLElement, layer: PoolLayer | undefined) {
    const words = statisticsWords(desk);
    this.#desk = desk;
    const options = desk.layers.all.map(({ id, title }) => element("option", { value: id }, title));
    this.#layers = element("select", { "aria-label": words.layer }, ...options);
    const first = layer ?? desk.layers.shown.find(({ legend }) => legend.length > 0) ?? desk.layers.shown[0];
    if (first !== undefined) this.#layers.value = first.id;
    this.#layers.addEventListener("change", () => void this.#ask());
    const grounds = choice<Ground>(words.ground, [["view", words.view], ["drawn", words.drawn], ["open", words.open]], (ground) => {
      this.#ground = ground;
      void this.#ask();
    });
    const print = element("div", { class: "map-chips" }, chip(words.print, () => window.print()));
    body.replaceChildren(grounds, element("label", { class: "map-draw-field" }, words.layer, this.#layers), this.#amounts, this.#sheet, print);
    desk.view.canvas.on("moveend", this.#onMoved);
    this.#stop = desk.onChosen(() => this.#ground === "open" && void this.#ask());
    grounds.querySelector("button")?.click();
  }

  end(): void {
    this.#stop();
    this.#asking.abort();
    this.#desk.view.canvas.off("moveend", this.#onMoved);
    this.#desk.view.mark([]);
  }

  get #layer(): PoolLayer {
    return this.#desk.layers.layer(this.#layers.value)!;
  }

  async #ask(): Promise<void> {
    const words = statisticsWords(this.#desk);
    const { api, view } = this.#desk;
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const { id } = this.#layer;
    this.#desk.note(id);
    const shape = this.#shape();
    view.mark(shape === null ? [] : [shape]);
    if (this.#ground !== "view" && shape === null) return this.#say(this.#ground === "open" ? words.noneOpen : words.noneDrawn);
    const at = this.#desk.layers.state(id)?.at ?? null;
    try {
      const answer = await (shape === null ? api.summary(view.bounds, view.zoom, [id], at, signal) : api.summaryOf(shape, [id], at, signal));
      this.#epoch = answer.epoch;
      this.#total = answer.layers[0] ?? null;
      await this.#show();
    } catch (error) {
      if (!wasReplaced(error)) this.#say((error instanceof Unanswered ? error.sentence : null) ?? words.failed);
    }
  }

  /** Null for the view. */
  #shape(): Geometry | null {
    if (this.#ground === "drawn") return areasOf(draftOf(this.#desk.drawing)).at(-1) ?? null;
    const open = this.#ground === "open" ? this.#desk.chosen?.feature.geometry : undefined;
    return open?.type === "Polygon" || open?.type === "MultiPolygon" ? open : null;
  }

  async #show(): Promise<void> {
    const words = statisticsWords(this.#desk);
    const total = this.#total;
    if (total === null || total.count === 0) return this.#say(words.nothing);
    const amounts = amountsOf(total);
    if (!amounts.includes(this.#amount)) this.#amount = "count";
    this.#offer(amounts);
    const shares = sharesOf(this.#layer, total, this.#amount, words);
    const { chartOf } = await import("./chart");
    if (this.#total !== total) return;
    const heading = `${this.#layer.title} · ${words[this.#ground]}`;
    const chart = chartOf(shares, ({ sum }) => sum[this.#amount], (share) => this.#said(share.sum, this.#amount), words.chartOf(heading, words.amounts[this.#amount]));
    const note = [this.#desk.words.publish(this.#epoch), ...(total.is_cut ? [words.cut] : [this.#desk.words.legendFromAfar])].join(" · ");
    this.#sheet.replaceChildren(element("h3", { class: "map-result-heading" }, heading), chart, this.#table(shares, total, amounts), element("p", { class: "map-legend-note" }, note));
  }

  #offer(amounts: readonly Amount[]): void {
    const words = statisticsWords(this.#desk);
    const titles = amounts.map((amount) => [amount, words.amounts[amount]] as const);
    const offered = choice<Amount>(words.amount, titles, (amount) => {
      this.#amount = amount;
      void this.#show();
    });
    const place = amounts.indexOf(this.#amount);
    const hadFocus = this.#amounts.contains(document.activeElement);
    this.#amounts.replaceChildren(offered);
    const pressed = offered.querySelectorAll("button")[place];
    pressed?.setAttribute("aria-pressed", "true");
    if (hadFocus) pressed?.focus();
  }

  #table(shares: readonly Share[], total: LayerSum, amounts: readonly Amount[]): HTMLElement {
    const words = statisticsWords(this.#desk);
    const percent = new Intl.NumberFormat(this.#desk.language, { style: "percent", maximumFractionDigits: 1 });
    const head = [words.kind, ...amounts.map((amount) => words.amounts[amount]), "%"].map((title) => element("th", { scope: "col" }, title));
    const row = (title: string, sum: Share["sum"], part: number): HTMLElement => {
      const cells = amounts.map((amount) => element("td", { class: "number" }, this.#said(sum, amount)));
      return element("tr", {}, element("th", { scope: "row" }, title), ...cells, element("td", { class: "number" }, percent.format(part)));
    };
    const rows = shares.map(({ title, sum, part }) => row(title, sum, part));
    const foot = shares.length > 1 ? [element("tfoot", {}, row(words.all, total, 1))] : [];
    return element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows), ...foot);
  }

  #said(sum: Share["sum"], amount: Amount): string {
    const { language } = this.#desk;
    if (amount === "count") return shownCount(sum.count, language);
    return amount === "area_m2" ? shownArea(sum.area_m2, language) : shownLength(sum.length_m, language);
  }

  #say(sentence: string): void {
    this.#total = null;
    this.#amounts.replaceChildren();
    this.#sheet.replaceChildren(element("p", { class: "map-legend-note" }, sentence));
  }
}
