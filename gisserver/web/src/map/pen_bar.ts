import type { Position } from "geojson";
import { chip } from "./chips";
import type { Desk } from "./desk";
import { element, promised } from "./element";
import { NumbersForm } from "./numbers_form";
import { penWords } from "./pen_words";

/** What the bar moves. */
export interface Penned {
  readonly corners: readonly Position[];
  isSquare: boolean;
  setCorner(place: Position): void;
  setCornerInMiddle(): void;
  takeBack(): boolean;
  finish(): void;
}

/** Whose corners are set one by one. */
const CORNERED = ["linestring", "polygon"];

/** Buttons and numbers beside the map for who draws: all that keys and pointer do is there for a thumb as well. */
export class PenBar {
  readonly #root = promised("#map-pen", HTMLElement);
  readonly #desk: Desk;
  readonly #pen: Penned;
  readonly #numbers: NumbersForm;
  readonly #says = element("span", { class: "map-pen-says", role: "status" });
  readonly #ofCorners: readonly HTMLElement[];
  #count = 0;

  constructor(desk: Desk, pen: Penned) {
    const words = penWords(desk);
    this.#desk = desk;
    this.#pen = pen;
    this.#numbers = new NumbersForm(desk, pen);
    const square = chip(words.rightAngles, () => {
      pen.isSquare = !pen.isSquare;
      square.setAttribute("aria-pressed", String(pen.isSquare));
    });
    square.setAttribute("aria-pressed", "false");
    const back = chip(words.takeBack, () => void pen.takeBack());
    this.#ofCorners = [back, square, this.#numbers.root];
    this.#root.setAttribute("aria-label", words.pen);
    const buttons = [chip(words.corner, () => pen.setCornerInMiddle()), back, chip(words.finish, () => pen.finish()), square];
    this.#root.replaceChildren(element("div", { class: "map-chips" }, ...buttons, this.#says), this.#numbers.root);
  }

  show(stroke: string): void {
    this.#root.hidden = stroke === "select";
    for (const part of this.#ofCorners) part.hidden = !CORNERED.includes(stroke);
    if (stroke === "point") this.#numbers.root.hidden = false;
    this.#say(0);
  }

  /** The shape in hand has more corners or fewer. */
  update(): void {
    const { length } = this.#pen.corners;
    if (length !== this.#count) this.#say(length);
  }

  finished(): void {
    this.#count = 0;
    this.#says.textContent = penWords(this.#desk).done;
  }

  end(): void {
    this.#root.hidden = true;
    this.#root.replaceChildren();
  }

  #say(count: number): void {
    this.#count = count;
    this.#says.textContent = count === 0 ? "" : penWords(this.#desk).set(count);
  }
}
