import type { LayerState } from "./address";
import { type LayerSum, type Sum, type Summary, Unanswered, wasReplaced } from "./api";
import { shownArea, shownCount, shownLength } from "./amounts";
import { shownDay } from "./age";
import { boxAround } from "./box_around";
import type { Desk } from "./desk";
import { element } from "./element";
import type { Moment } from "./moment";
import type { OwnLayer } from "./own_layers";
import type { Panel } from "./panel";
import type { PoolLayer } from "./pool_style";
import { layerSign, legendSign } from "./swatch";
import { shownMoment } from "./values";

const PAUSE_MS = 250;

/** What is in view of the layers that are drawn as of one moment. */
interface Counted {
  readonly at: Moment;
  readonly summary: Summary;
}

/** What the view shows, and nothing else: each class with how many and how much; a click draws that class alone. */
export class Legend {
  readonly #desk: Desk;
  readonly #panel: Panel;
  readonly #alone = new Map<string, string>();
  #asking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #counted: readonly Counted[] = [];

  constructor(panel: Panel, desk: Desk) {
    this.#desk = desk;
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
    const { own, words } = this.#desk;
    this.#asking.abort();
    this.#asking = new AbortController();
    const asked = this.#drawn();
    if (asked.length === 0 && own.all.length === 0) return this.#say(words.noLayers);
    const moments = [...new Set(asked.map(({ at }) => at))];
    try {
      this.#counted = await Promise.all(moments.map((at) => this.#count(asked.filter((one) => one.at === at), at)));
      this.#show();
    } catch (error) {
      if (!wasReplaced(error)) this.#say((error instanceof Unanswered ? error.sentence : null) ?? words.legendFailed);
    }
  }

  /** As they are drawn, which is not as they are set while two moments are compared. */
  #drawn(): readonly LayerState[] {
    const { layers, view } = this.#desk;
    const states = view.states.length > 0 ? view.states : layers.states;
    return states.filter(({ id, isShown }) => isShown && view.zoom >= (layers.layer(id)?.from_zoom ?? Infinity));
  }

  async #count(states: readonly LayerState[], at: Moment): Promise<Counted> {
    const { api, view } = this.#desk;
    return { at, summary: await api.summary(view.bounds, view.zoom, states.map(({ id }) => id), at, this.#asking.signal) };
  }

  #show(): void {
    const { words } = this.#desk;
    const own = this.#desk.own.all.flatMap((one) => this.#ownBlock(one));
    const pool = this.#counted.flatMap(({ at, summary }) => this.#blocks(summary, at));
    const isFar = this.#counted.some(({ summary }) => summary.layers.some((sum) => sum.count > 0 && !sum.is_cut));
    const notes = [...this.#notYet(), ...(isFar ? [words.legendFromAfar] : [])];
    if (own.length + pool.length + notes.length === 0) return this.#say(words.legendEmpty);
    const list = own.length + pool.length === 0 ? [] : [element("ul", { class: "map-legend" }, ...own, ...pool)];
    this.#fill([...list, ...notes.map((note) => element("p", { class: "map-legend-note" }, note))]);
  }

  /** An empty map of a day before there was anything says so. */
  #notYet(): string[] {
    const { language, words } = this.#desk;
    return this.#counted.flatMap(({ at, summary: { begins } }) =>
      at === null || begins === undefined ? [] : [words.notYet(shownMoment(at, language, words), shownDay(new Date(begins), language))],
    );
  }

  /** Of a file that somebody opened here, how many of its features are in view. */
  #ownBlock({ drawn, isShown, layer }: OwnLayer): HTMLElement[] {
    if (!isShown) return [];
    const [west, south, east, north] = this.#desk.view.bounds;
    const count = drawn.filter(({ geometry }) => {
      if (geometry === null) return false;
      const sides = boxAround(geometry);
      return sides[0] <= east && sides[2] >= west && sides[1] <= north && sides[3] >= south;
    }).length;
    return count === 0 ? [] : [element("li", {}, this.#head(layer, null, { count, area_m2: 0, length_m: 0 }))];
  }

  #blocks({ layers }: Summary, at: Moment): HTMLElement[] {
    return layers.flatMap((sum) => {
      const layer = this.#desk.layers.layer(sum.id);
      return layer === undefined || sum.count === 0 ? [] : [this.#block(layer, at, sum)];
    });
  }

  /** What is not of now says so. */
  #head(layer: PoolLayer, at: Moment, sum: Sum): HTMLElement {
    const { language, words } = this.#desk;
    const when = at === null ? null : element("span", { class: "map-layer-hint" }, words.asOf(shownMoment(at, language, words)));
    return element("div", { class: "map-legend-layer" }, layerSign(layer.swatch), element("span", {}, layer.title, when), this.#amount(sum));
  }

  #block(layer: PoolLayer, at: Moment, sum: LayerSum): HTMLElement {
    const head = this.#head(layer, at, sum);
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
