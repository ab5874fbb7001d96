import { isDay } from "../../address";
import type { Desk } from "../../desk";
import { element } from "../../element";
import type { PoolLayer } from "../../pool_style";
import { layerSign } from "../../swatch";
import { LayerAbout } from "./layer_about";
import { PRESETS } from "./presets";
import "./layers.css";
import { layerWords } from "./words";

/** One line of the tree and what it says about its layer. */
interface Row {
  readonly layer: PoolLayer;
  readonly root: HTMLElement;
  readonly box: HTMLInputElement;
  readonly hint: HTMLElement;
  readonly opacity: HTMLInputElement;
  readonly day: HTMLInputElement;
  readonly about: LayerAbout;
}

/** All layers under their themes: on and off, how strong, in which order, as of which day. */
export class LayerTree {
  readonly #desk: Desk;
  readonly #rows: Row[] = [];
  readonly #list = element("div", { class: "map-tree" });
  readonly #none = element("p", { class: "soft", role: "status" });
  readonly #search: HTMLInputElement;

  constructor(body: HTMLElement, desk: Desk) {
    this.#desk = desk;
    const words = layerWords(desk);
    this.#search = element("input", { type: "search", "aria-label": words.search, placeholder: words.search, autocomplete: "off" });
    this.#search.addEventListener("input", () => this.#filter());
    body.replaceChildren(this.#presets(), this.#search, this.#none, this.#list);
    this.#fill();
    this.update();
  }

  /** Say what is set now, whoever set it. */
  update(): void {
    const words = layerWords(this.#desk);
    for (const { layer, box, hint, opacity, day } of this.#rows) {
      const state = this.#desk.layers.state(layer.id);
      if (state === undefined) continue;
      box.checked = state.isShown;
      opacity.value = String(Math.round(state.opacity * 100));
      opacity.setAttribute("aria-valuetext", `% ${opacity.value}`);
      if (document.activeElement !== day) day.value = state.at ?? "";
      const isTooFar = state.isShown && this.#desk.view.zoom < layer.from_zoom;
      const says = [isTooFar ? words.zoomIn : null, state.at === null ? null : words.asOf(state.at)].filter((one) => one !== null);
      hint.textContent = says.join(" · ");
      hint.hidden = says.length === 0;
    }
  }

  /** What is in view has changed. */
  moved(): void {
    for (const { about } of this.#rows) void about.ask();
  }

  #presets(): HTMLElement {
    const words = layerWords(this.#desk);
    const buttons = PRESETS.map((preset) => {
      const button = element("button", { type: "button", class: "map-chip" }, this.#desk.said(preset.title));
      button.addEventListener("click", () => this.#desk.layers.replace(preset.states(this.#desk.layers)));
      return button;
    });
    return element("div", { class: "map-chips", role: "group", "aria-label": words.presets }, ...buttons);
  }

  #fill(): void {
    this.#rows.length = 0;
    const { layers, words } = this.#desk;
    const themes = [...new Set(layers.all.map(({ theme }) => theme))];
    this.#list.replaceChildren(
      ...themes.map((theme) => {
        const members = layers.states.flatMap(({ id }) => layers.all.filter((layer) => layer.id === id && layer.theme === theme));
        const rows = members.map((layer) => this.#row(layer));
        this.#rows.push(...rows);
        const legend = element("legend", {}, words.themes[theme] ?? theme);
        return element("fieldset", { class: "map-theme" }, legend, ...rows.map(({ root }) => root));
      }),
    );
    this.#filter();
  }

  #row(layer: PoolLayer): Row {
    const words = layerWords(this.#desk);
    const box = element("input", { type: "checkbox", name: "layer", value: layer.id });
    const hint = element("span", { class: "map-layer-hint", hidden: true });
    const opacity = element("input", { type: "range", min: 0, max: 100, step: 5, "aria-label": words.opacityOf(layer.title) });
    const day = element("input", { type: "date", "aria-label": words.dayOf(layer.title) });
    box.addEventListener("change", () => this.#desk.layers.change(layer.id, { isShown: box.checked }));
    opacity.addEventListener("change", () => this.#desk.layers.change(layer.id, { opacity: Number(opacity.value) / 100 }));
    opacity.addEventListener("input", () => this.#desk.view.setOpacity(layer.id, Number(opacity.value) / 100));
    day.addEventListener("change", () => this.#desk.layers.change(layer.id, { at: isDay(day.value) ? day.value : null }));
    const label = element("label", { class: "map-layer" }, box, layerSign(layer.swatch), element("span", {}, layer.title, hint));
    const more = element(
      "details",
      { class: "map-layer-more" },
      element("summary", { "aria-label": words.moreOf(layer.title) }),
      element("label", {}, words.opacity, opacity),
      element("label", {}, words.day, day),
      element("div", { class: "map-chips" }, this.#mover(layer, -1, words.up), this.#mover(layer, 1, words.down)),
      this.#links(layer),
    );
    const about = new LayerAbout(this.#desk, layer);
    const root = element("div", { class: "map-tree-row has-about" }, label, about.button, about.root, more);
    return { layer, root, box, hint, opacity, day, about };
  }

  #mover(layer: PoolLayer, by: -1 | 1, name: string): HTMLElement {
    const button = element("button", { type: "button", class: "map-chip" }, name);
    button.addEventListener("click", () => {
      this.#desk.layers.move(layer.id, by);
      this.#fill();
      this.update();
      this.#reopen(layer.id, name);
    });
    return button;
  }

  /** The tree is made anew in its new order; who pressed the button goes on from there. */
  #reopen(id: string, name: string): void {
    const row = this.#rows.find(({ layer }) => layer.id === id);
    const more = row?.root.querySelector("details");
    if (!row || !more) return;
    more.open = true;
    [...more.querySelectorAll("button")].find(({ textContent }) => textContent === name)?.focus();
    const place = this.#desk.layers.states.findIndex((state) => state.id === id) + 1;
    this.#desk.tell(layerWords(this.#desk).moved(row.layer.title, place, this.#desk.layers.states.length));
  }

  #links(layer: PoolLayer): HTMLElement {
    const words = layerWords(this.#desk);
    const table = element("button", { type: "button", class: "map-chip" }, words.table);
    table.addEventListener("click", () => void this.#desk.openTable({ layer }));
    const about = element("a", { href: this.#desk.config.items.replace("{name}", layer.id).replace(/\/items$/, "") }, words.about);
    return element("div", { class: "map-chips" }, table, about);
  }

  #filter(): void {
    const wanted = this.#search.value.toLocaleLowerCase(this.#desk.language).trim();
    for (const { layer, root } of this.#rows) {
      root.hidden = !`${layer.title} ${layer.description}`.toLocaleLowerCase(this.#desk.language).includes(wanted);
    }
    for (const theme of this.#list.querySelectorAll<HTMLElement>(".map-theme")) {
      theme.hidden = [...theme.querySelectorAll<HTMLElement>(".map-tree-row")].every((row) => row.hidden);
    }
    const isNone = this.#rows.every(({ root }) => root.hidden);
    this.#none.textContent = isNone ? layerWords(this.#desk).noneFound : "";
  }
}
