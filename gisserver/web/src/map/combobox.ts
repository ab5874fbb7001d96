import { element } from "./element";

/** One line of the list under an input. */
export interface Choice {
  readonly title: string;
  readonly detail: string | null;
}

export interface Chooser<Kind extends Choice> {
  /** Somebody picked a line of the list. */
  onChoose(choice: Kind): void;
  /** Enter with no line picked. */
  onSubmit(text: string): void;
}

/** An input with a list under it, by the editable combobox pattern of the ARIA practices. */
export class Combobox<Kind extends Choice> {
  readonly #input: HTMLInputElement;
  readonly #list: HTMLUListElement;
  readonly #chooser: Chooser<Kind>;
  #choices: readonly Kind[] = [];
  #active = -1;

  constructor(input: HTMLInputElement, list: HTMLUListElement, chooser: Chooser<Kind>) {
    this.#input = input;
    this.#list = list;
    this.#chooser = chooser;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    list.setAttribute("role", "listbox");
    this.close();
    input.addEventListener("keydown", (event) => this.#onKey(event));
    input.addEventListener("blur", () => this.close());
    // The input keeps the focus, or its blur would close the list before the click arrives.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.#onClick(event));
  }

  get isOpen(): boolean {
    return !this.#list.hidden;
  }

  show(choices: readonly Kind[]): void {
    this.#choices = choices;
    this.#list.replaceChildren(...choices.map((choice, place) => this.#option(choice, place)));
    this.#setOpen(choices.length > 0);
    this.#activate(-1);
  }

  close(): void {
    this.#setOpen(false);
    this.#activate(-1);
  }

  #setOpen(isOpen: boolean): void {
    this.#list.hidden = !isOpen;
    this.#input.setAttribute("aria-expanded", String(isOpen));
  }

  #option(choice: Kind, place: number): HTMLLIElement {
    const detail = choice.detail === null ? null : element("span", { class: "soft" }, choice.detail);
    return element(
      "li",
      { id: `${this.#list.id}-${place}`, role: "option", "aria-selected": "false" },
      choice.title,
      detail,
    );
  }

  #activate(place: number): void {
    this.#active = place;
    for (const [index, option] of [...this.#list.children].entries()) {
      option.setAttribute("aria-selected", String(index === place));
    }
    const active = this.#list.children[place];
    if (active === undefined) {
      this.#input.removeAttribute("aria-activedescendant");
    } else {
      this.#input.setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView?.({ block: "nearest" });
    }
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Enter") this.#onEnter();
    else if (event.key === "Escape") this.#onEscape();
    else if (event.key === "ArrowDown") this.#step(1);
    else if (event.key === "ArrowUp") this.#step(-1);
    else return;
    event.preventDefault();
  }

  #onEnter(): void {
    const choice = this.isOpen ? this.#choices[this.#active] : undefined;
    if (choice === undefined) this.#chooser.onSubmit(this.#input.value.trim());
    else this.#choose(choice);
  }

  /** The first press closes the list, the second empties the input. */
  #onEscape(): void {
    if (this.isOpen) this.close();
    else this.#input.value = "";
  }

  #step(by: 1 | -1): void {
    const count = this.#choices.length;
    if (count === 0) return;
    this.#setOpen(true);
    const from = this.#active === -1 && by === -1 ? count : this.#active;
    this.#activate((from + by + count) % count);
  }

  #onClick(event: MouseEvent): void {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    const choice = option === null ? undefined : this.#choices[[...this.#list.children].indexOf(option)];
    if (choice !== undefined) this.#choose(choice);
  }

  #choose(choice: Kind): void {
    this.#input.value = choice.title;
    this.close();
    this.#chooser.onChoose(choice);
  }
}
