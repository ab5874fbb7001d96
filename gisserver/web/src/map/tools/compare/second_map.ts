import { Backgrounds } from "../../backgrounds";
import type { Desk } from "../../desk";
import { element, promised } from "../../element";
import { Night } from "../../night";
import { View } from "../../view";
import type { compareWords } from "./words";

export type Manner = "swipe" | "beside" | "one";

type Ask = (view: View, point: { readonly x: number; readonly y: number }) => void;

/** A map on the left of the first, drawn over it up to a border or beside it; both move together and answer taps. */
export class SecondMap {
  readonly view: View;
  /** The same border for who uses no pointer. */
  readonly border: HTMLElement;
  /** Settled once it can be drawn on. */
  readonly isReady: Promise<void>;
  isOver = false;
  readonly #desk: Desk;
  readonly #page = promised(".map-page", HTMLElement);
  readonly #container = element("div", { class: "map-canvas map-compare" });
  readonly #edge = element("div", { class: "map-edge" });
  readonly #free = element("div", { class: "map-free", "aria-hidden": "true" }, this.#edge);
  readonly #slider = element("input", { type: "range", min: 5, max: 95, step: 1, value: 50 });
  readonly #labels = { before: element("p", { class: "map-moment" }), after: element("p", { class: "map-moment" }) };
  readonly #listeners = new AbortController();
  readonly #follow = (): void => this.#move(this.#desk.view, this.view);
  readonly #tapped: (event: { point: { x: number; y: number } }) => void;
  readonly #letGo: () => void;
  #isFollowing = false;

  constructor(desk: Desk, words: ReturnType<typeof compareWords>, ask: Ask) {
    this.#desk = desk;
    this.#letGo = desk.view.whileFollowed();
    this.#tapped = ({ point }) => ask(desk.view, point);
    const first = desk.view.canvas.getContainer();
    first.after(this.#container, this.#free);
    this.view = new View(this.#container, desk.view.style, desk.view.place, { ...desk.words, mapTitle: words.second });
    this.view.whileFollowed();
    this.#container.append(this.#labels.before);
    first.append(this.#labels.after);
    const under = new Backgrounds(this.view.canvas, desk.backgrounds.all);
    this.view.canvas.once("load", () => {
      under.choose(desk.backgrounds.chosen?.id ?? null);
      new Night(this.view).set(desk.night.isOn);
    });
    this.isReady = new Promise((resolve) => this.view.canvas.once("load", () => resolve()));
    this.border = element("label", { class: "map-draw-field" }, words.border, this.#slider);
    this.#slider.addEventListener("input", () => this.#setShare(this.#slider.valueAsNumber));
    this.#edge.addEventListener("pointerdown", (event) => this.#edge.setPointerCapture(event.pointerId));
    this.#edge.addEventListener("pointermove", (event) => this.#drag(event));
    desk.view.canvas.on("move", this.#follow);
    desk.view.canvas.on("click", this.#tapped);
    this.view.canvas.on("move", () => this.#move(this.view, desk.view));
    this.view.canvas.on("click", ({ point }) => ask(this.view, point));
    for (const view of [desk.view, this.view]) this.#askByKey(view, ask);
    this.#setShare(50);
  }

  lay(manner: Manner): void {
    this.#page.dataset["manner"] = manner;
    this.border.hidden = manner === "one";
    this.#resize();
  }

  /** What each map shows. */
  say(before: string, after: string): void {
    this.#labels.before.textContent = before;
    this.#labels.after.textContent = after;
  }

  end(): void {
    this.isOver = true;
    this.#listeners.abort();
    this.#letGo();
    this.#desk.view.canvas.off("move", this.#follow);
    this.#desk.view.canvas.off("click", this.#tapped);
    this.view.canvas.remove();
    for (const made of [this.#container, this.#free, this.#labels.after]) made.remove();
    delete this.#page.dataset["manner"];
    this.#desk.view.canvas.resize();
  }

  #setShare(percent: number): void {
    this.#slider.value = String(percent);
    this.#page.style.setProperty("--share", String(this.#slider.valueAsNumber / 100));
    this.#resize();
  }

  #drag({ clientX, pointerId }: PointerEvent): void {
    if (!this.#edge.hasPointerCapture(pointerId)) return;
    const { left, width } = this.#free.getBoundingClientRect();
    this.#setShare(Math.round((100 * (clientX - left)) / width));
  }

  #askByKey(view: View, ask: Ask): void {
    const canvas = view.canvas.getCanvas();
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === "Enter") ask(view, view.canvas.project(view.canvas.getCenter()));
    };
    canvas.addEventListener("keydown", onKey, { signal: this.#listeners.signal });
  }

  #resize(): void {
    this.#desk.view.canvas.resize();
    this.view.canvas.resize();
    this.#follow();
  }

  #move(from: View, to: View): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    to.jumpTo(from.place);
    this.#isFollowing = false;
  }
}
