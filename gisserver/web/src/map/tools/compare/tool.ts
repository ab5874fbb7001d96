import { isDay, type LayerState } from "../../address";
import { choice } from "../../chips";
import type { Desk, Tool } from "../../desk";
import { element } from "../../element";
import { View } from "../../view";
import { PRESETS } from "../layers/presets";
import "./compare.css";
import { compareWords } from "./words";

export const TOOL: Tool = {
  title: { tr: "Karşılaştır", en: "Compare", fr: "Comparer" },
  open(desk: Desk, body: HTMLElement): () => void {
    const comparison = new Comparison(desk, body);
    return () => comparison.end();
  },
};

type Manner = "swipe" | "beside";

/** A second map over the first, with other layers or of another day; both move together. */
class Comparison {
  readonly #desk: Desk;
  readonly #container = element("div", { class: "map-canvas map-compare" });
  readonly #view: View;
  readonly #border: HTMLInputElement;
  readonly #day: HTMLInputElement;
  readonly #layers: HTMLSelectElement;
  readonly #stop: () => void;
  readonly #follow = (): void => this.#move(this.#desk.view, this.#view);
  #manner: Manner = "swipe";
  #isFollowing = false;

  constructor(desk: Desk, body: HTMLElement) {
    const words = compareWords(desk);
    this.#desk = desk;
    desk.view.canvas.getContainer().after(this.#container);
    this.#view = new View(this.#container, desk.view.style, desk.view.place, { ...desk.words, mapTitle: words.second });
    this.#border = element("input", { type: "range", min: 5, max: 95, step: 1, value: 50 });
    this.#border.addEventListener("input", () => this.#lay());
    this.#day = element("input", { type: "date" });
    this.#day.addEventListener("change", () => this.#draw());
    const presets = PRESETS.map(({ title }, place) => element("option", { value: place }, desk.said(title)));
    this.#layers = element("select", {}, element("option", { value: "" }, words.same), ...presets);
    this.#layers.addEventListener("change", () => this.#draw());
    const manner = choice<Manner>(words.how, [["swipe", words.swipe], ["beside", words.beside]], (chosen) => {
      this.#manner = chosen;
      this.#lay();
    });
    body.replaceChildren(
      element("p", { class: "map-legend-note" }, words.begin),
      manner,
      element("label", { class: "map-draw-field" }, words.border, this.#border),
      element("label", { class: "map-draw-field" }, words.day, this.#day),
      element("label", { class: "map-draw-field" }, words.layers, this.#layers),
    );
    this.#stop = desk.layers.onChange(() => this.#draw());
    desk.view.canvas.on("move", this.#follow);
    this.#view.canvas.on("move", () => this.#move(this.#view, desk.view));
    this.#view.canvas.on("load", () => this.#draw());
    manner.querySelector("button")?.click();
  }

  end(): void {
    this.#stop();
    this.#desk.view.canvas.off("move", this.#follow);
    this.#view.canvas.remove();
    this.#container.remove();
    this.#desk.view.canvas.getContainer().style.insetInlineEnd = "";
    this.#desk.view.canvas.resize();
  }

  #draw(): void {
    if (this.#view.canvas.isStyleLoaded() === undefined) return;
    const preset = PRESETS[Number(this.#layers.value || "-1")];
    const chosen = preset === undefined ? this.#desk.layers.states : this.#desk.layers.completed(preset.states(this.#desk.layers));
    const day = isDay(this.#day.value) ? this.#day.value : null;
    this.#view.draw(chosen.map((state): LayerState => (day === null ? state : { ...state, at: day })));
    this.#container.dataset["day"] = day ?? "";
  }

  /** Swiping, both are as large as the page and the second begins at the border; side by side each has its half. */
  #lay(): void {
    const first = this.#desk.view.canvas.getContainer();
    const share = `${this.#border.value}%`;
    const isBeside = this.#manner === "beside";
    this.#container.style.clipPath = isBeside ? "" : `inset(0 0 0 ${share})`;
    this.#container.style.insetInlineStart = isBeside ? share : "0";
    first.style.insetInlineEnd = isBeside ? `${100 - Number(this.#border.value)}%` : "";
    this.#desk.view.canvas.resize();
    this.#view.canvas.resize();
    this.#follow();
  }

  #move(from: View, to: View): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    to.jumpTo(from.place);
    this.#isFollowing = false;
  }
}
