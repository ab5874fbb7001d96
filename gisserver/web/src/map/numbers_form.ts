import type { Position } from "geojson";
import { type Corner, Unanswered } from "./api";
import type { Desk } from "./desk";
import { element } from "./element";
import { numberIn, pairIn } from "./numbers";
import { penWords } from "./pen_words";

/** Where corners are set. */
interface Cornered {
  readonly corners: readonly Position[];
  setCorner(place: Position): void;
}

const DEGREES_IN_GRAD = 0.9;

/** Sets the next corner by a length and a direction from the last one, or by coordinates of a system. */
export class NumbersForm {
  readonly root: HTMLDetailsElement;
  readonly #desk: Desk;
  readonly #pen: Cornered;
  readonly #length = element("input", { type: "text", inputmode: "decimal", autocomplete: "off" });
  readonly #direction = element("input", { type: "text", inputmode: "decimal", autocomplete: "off" });
  readonly #measuredFrom: HTMLSelectElement;
  readonly #system = element("select", {});
  readonly #coordinates = element("input", { type: "text", autocomplete: "off" });
  readonly #says = element("p", { class: "map-problem", role: "alert" });

  constructor(desk: Desk, pen: Cornered) {
    const words = penWords(desk);
    this.#desk = desk;
    this.#pen = pen;
    const directions = Object.entries(words.directions).map(([key, title]) => element("option", { value: key }, title));
    this.#measuredFrom = element("select", { "aria-label": words.direction }, ...directions);
    const ahead = form([labelled(words.length, this.#length), labelled(words.direction, this.#direction), this.#measuredFrom], words.goOn, () => this.#ahead());
    const there = form([labelled(words.system, this.#system), labelled(words.coordinates, this.#coordinates)], words.setThere, () => this.#there());
    this.root = element("details", { class: "map-pen-numbers" }, element("summary", {}, words.numbers), ahead, there, this.#says);
    this.root.addEventListener("toggle", () => this.root.open && this.#system.options.length === 0 && void this.#offerSystems());
  }

  /** The middle of the map stands in each as an example of how its coordinates are written. */
  async #offerSystems(): Promise<void> {
    const { lon, lat } = this.#desk.view.place;
    await this.#trying(async () => {
      const { systems } = await this.#desk.api.coordinates(lon, lat);
      this.#system.replaceChildren(...systems.map(({ crs, name }) => element("option", { value: crs }, name)));
      const example = (): void => void (this.#coordinates.placeholder = systems[this.#system.selectedIndex]?.text ?? "");
      this.#system.addEventListener("change", example);
      example();
    });
  }

  async #ahead(): Promise<void> {
    const words = penWords(this.#desk);
    const [length, direction] = [numberIn(this.#length.value), numberIn(this.#direction.value)];
    if (length === null) return this.#complain(words.noNumber(words.length), this.#length);
    if (direction === null) return this.#complain(words.noNumber(words.direction), this.#direction);
    const [before, last] = [this.#pen.corners.at(-2), this.#pen.corners.at(-1)];
    if (last === undefined) return this.#complain(words.noCorner);
    const kind = this.#measuredFrom.value;
    if (kind === "turn" && before === undefined) return this.#complain(words.noSide);
    const degrees = kind === "grads" ? direction * DEGREES_IN_GRAD : direction;
    await this.#trying(async () => this.#set(await this.#desk.api.cornerAhead(last, length, degrees, kind === "turn" ? before : undefined)));
    this.#length.select();
  }

  async #there(): Promise<void> {
    const pair = pairIn(this.#coordinates.value);
    if (pair === null) return this.#complain(penWords(this.#desk).noPair, this.#coordinates);
    await this.#trying(async () => this.#set(await this.#desk.api.cornerAt(this.#system.value, pair)));
    this.#coordinates.select();
  }

  #set({ lon, lat }: Corner): void {
    this.#pen.setCorner([lon, lat]);
  }

  async #trying(act: () => Promise<void>): Promise<void> {
    this.#says.textContent = "";
    try {
      await act();
    } catch (error) {
      this.#complain((error instanceof Unanswered ? error.sentence : null) ?? penWords(this.#desk).failed);
    }
  }

  #complain(sentence: string, field?: HTMLInputElement): void {
    this.#says.textContent = sentence;
    field?.focus();
  }
}

function labelled(title: string, field: HTMLElement): HTMLLabelElement {
  return element("label", { class: "map-draw-field" }, title, field);
}

function form(fields: HTMLElement[], title: string, onSubmit: () => Promise<void>): HTMLFormElement {
  const made = element("form", {}, ...fields, element("button", { class: "map-chip" }, title));
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    void onSubmit();
  });
  return made;
}
