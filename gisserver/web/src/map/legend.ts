import { type Api, type LayerSum, type Sum, wasReplaced } from "./api";
import { shownArea, shownCount, shownLength } from "./amounts";
import type { Desk } from "./desk";
import { element } from "./element";
import type { Panel } from "./panel";
import type { PoolLayer } from "./pool_style";
import { layerSign, legendSign } from "./swatch";

const PAUSE_MS = 250;

/** What the view shows, and nothing else: each class with how many and how much; a click draws that class alone. */
export class Legend {
  readonly #desk: Desk;
  readonly #api: Api;
  readonly #panel: Panel;
  readonly #alone = new Map<string, string>();
  #asking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sums: readonly LayerSum[] = [];

  constructor(panel: Panel, desk: Desk) {
    this.#desk = desk;
    this.#api = desk.api;
    this.#panel = panel;
    panel.setTitle(desk.words.legend);
    panel.body.addEventListener("click", ({ target }) => this.#onClick(target as HTMLElement));
  }

  /** Ask again soon; who is still moving is not answered at each step. */
  askSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    const { layers, view, words } = this.#desk;
    this.#asking.abort();
    this.#asking = new AbortController();
    const asked = layers.shown.filter((layer) => view.zoom >= layer.from_zoom);
    if (asked.length === 0) return this.#say(words.noLayers);
    try {
      const answer = await this.#api.summary(view.bounds, view.zoom, asked.map(({ id }) => id), this.#asking.signal);
      this.#sums = answer.layers;
      this.#show();
    } catch (error) {
      if (!wasReplaced(error)) this.#say(words.legendFailed);
    }
  }

  #show(): void {
    const { layers, words } = this.#desk;
    const blocks = this.#sums.flatMap((sum) => {
      const layer = layers.layer(sum.id);
      return layer === undefined || sum.count === 0 ? [] : [this.#block(layer, sum)];
    });
    if (blocks.length === 0) return this.#say(words.legendEmpty);
    const isFar = this.#sums.some((sum) => sum.count > 0 && !sum.is_cut);
    const note = isFar ? [element("p", { class: "map-legend-note" }, words.legendFromAfar)] : [];
    this.#fill([element("ul", { class: "map-legend" }, ...blocks), ...note]);
  }

  #block(layer: PoolLayer, sum: LayerSum): HTMLElement {
    const head = element("div", { class: "map-legend-layer" }, layerSign(layer.swatch), element("span", {}, layer.title), this.#amount(sum));
    const rows = layer.legend.flatMap((row) => {
      const found = sum.classes.find(({ key }) => key === row.key);
      if (found === undefined) return [];
      const isAlone = this.#alone.get(layer.id) === row.key;
      const button = element(
        "button",
        { type: "button", class: "map-legend-class", "data-layer": layer.id, "data-class": row.key },
        legendSign(row),
        element("span", {}, row.title),
        this.#amount(found),
      );
      button.setAttribute("aria-pressed", String(isAlone));
      return [element("li", {}, button)];
    });
    return element("li", {}, head, ...(rows.length > 0 ? [element("ul", {}, ...rows)] : []));
  }

  #amount(sum: Sum): HTMLElement {
    const { language } = this.#desk;
    const extent = sum.area_m2 > 0 ? shownArea(sum.area_m2, language) : sum.length_m > 0 ? shownLength(sum.length_m, language) : null;
    return element("span", { class: "map-legend-amount number" }, shownCount(sum.count, language), extent === null ? null : ` · ${extent}`);
  }

  #onClick(target: HTMLElement): void {
    const button = target.closest<HTMLElement>("[data-class]");
    const layer = this.#desk.layers.layer(button?.dataset["layer"] ?? "");
    const key = button?.dataset["class"];
    if (layer === undefined || key === undefined) return;
    const isAlone = this.#alone.get(layer.id) === key;
    if (isAlone) this.#alone.delete(layer.id);
    else this.#alone.set(layer.id, key);
    this.#desk.view.isolate(layer, isAlone ? null : [key]);
    this.#show();
    this.#panel.body.querySelector<HTMLElement>(`[data-layer="${layer.id}"][data-class="${CSS.escape(key)}"]`)?.focus();
  }

  #say(sentence: string): void {
    this.#fill([element("p", { class: "map-legend-note" }, sentence)]);
  }

  #fill(content: Node[]): void {
    this.#panel.body.replaceChildren(...content);
  }
}
