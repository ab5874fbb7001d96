import { element } from "./element";
import type { PoolLayer } from "./pool_style";
import { layerSign, legendSign } from "./swatch";
import type { Words } from "./words";

/** The switches of all layers under their themes, each with the legend of what is in view. */
export class LayerList {
  readonly #layers: readonly PoolLayer[];
  readonly #shown: Set<string>;
  readonly #words: Words;
  readonly #boxes = new Map<string, HTMLInputElement>();
  readonly #hints = new Map<string, HTMLElement>();
  readonly #legends = new Map<string, Legend>();

  constructor(
    container: HTMLElement,
    layers: readonly PoolLayer[],
    shown: Set<string>,
    words: Words,
    onSwitch: (layer: PoolLayer, isShown: boolean) => void,
  ) {
    this.#layers = layers;
    this.#shown = shown;
    this.#words = words;
    const themes = [...new Set(layers.map((layer) => layer.theme))];
    container.replaceChildren(...themes.map((theme) => this.#theme(theme)));
    container.addEventListener("change", (event) => {
      const layer = layers.find((one) => this.#boxes.get(one.id) === event.target);
      if (layer === undefined) return;
      const isShown = this.#boxes.get(layer.id)?.checked ?? false;
      this.#remember(layer, isShown);
      onSwitch(layer, isShown);
    });
  }

  /** The layers switched on, in the list's order. */
  get shown(): string[] {
    return this.#layers.filter((layer) => this.#shown.has(layer.id)).map((layer) => layer.id);
  }

  /** Set a switch from outside, for instance when somebody follows a link. */
  set(id: string, isShown: boolean): void {
    const layer = this.#layers.find((one) => one.id === id);
    const box = this.#boxes.get(id);
    if (layer === undefined || box === undefined) return;
    box.checked = isShown;
    this.#remember(layer, isShown);
  }

  /** Say of each layer that is on whether this zoom is too far away for it. */
  setZoom(zoom: number): void {
    for (const layer of this.#layers) {
      const hint = this.#hints.get(layer.id);
      const isTooFar = zoom < layer.from_zoom;
      if (hint !== undefined) hint.hidden = !isTooFar || !this.#shown.has(layer.id);
      this.#legends.get(layer.id)?.setTooFar(isTooFar);
    }
  }

  /** Which classes of a layer can be seen on the map now. */
  setInView(id: string, keys: ReadonlySet<string>): void {
    this.#legends.get(id)?.setInView(keys);
  }

  #theme(theme: string): HTMLElement {
    const members = this.#layers.filter((layer) => layer.theme === theme);
    return element(
      "fieldset",
      { class: "map-theme" },
      element("legend", {}, this.#words.themes[theme] ?? theme),
      ...members.map((layer) => this.#entry(layer)),
    );
  }

  #entry(layer: PoolLayer): HTMLElement {
    const isShown = this.#shown.has(layer.id);
    const box = element("input", { type: "checkbox", name: "layer", value: layer.id, checked: isShown });
    const hint = element("span", { class: "map-layer-hint", hidden: true }, this.#words.zoomIn);
    this.#boxes.set(layer.id, box);
    this.#hints.set(layer.id, hint);
    const label = element("label", { class: "map-layer" }, box, layerSign(layer.swatch), element("span", {}, layer.title, hint));
    if (layer.legend.length === 0) return label;
    const legend = new Legend(layer, this.#words);
    legend.root.hidden = !isShown;
    this.#legends.set(layer.id, legend);
    return element("div", {}, label, legend.root);
  }

  #remember(layer: PoolLayer, isShown: boolean): void {
    if (isShown) this.#shown.add(layer.id);
    else this.#shown.delete(layer.id);
    const legend = this.#legends.get(layer.id);
    if (legend !== undefined) legend.root.hidden = !isShown;
  }
}

/** The classes of one layer, of which only those in view are listed. */
class Legend {
  readonly root: HTMLElement;
  readonly #rows = new Map<string, HTMLElement>();
  readonly #empty: HTMLElement;

  constructor(layer: PoolLayer, words: Words) {
    for (const row of layer.legend) {
      this.#rows.set(row.key, element("li", { hidden: true }, legendSign(row), row.title));
    }
    this.#empty = element("p", { class: "map-legend-empty" }, words.legendEmpty);
    this.root = element(
      "div",
      { class: "map-legend" },
      element("ul", { "aria-label": `${layer.title}: ${words.legendInView}` }, ...this.#rows.values()),
      this.#empty,
    );
  }

  /** From afar the layer's hint says why nothing is to be seen. */
  setTooFar(isTooFar: boolean): void {
    this.root.classList.toggle("is-too-far", isTooFar);
  }

  setInView(keys: ReadonlySet<string>): void {
    let any = false;
    for (const [key, row] of this.#rows) {
      row.hidden = !keys.has(key);
      any ||= keys.has(key);
    }
    this.#empty.hidden = any;
  }
}
