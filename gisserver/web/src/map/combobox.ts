import { element } from "./element";

/** One line of the list under an input. */
export interface Choice {
  readonly title: string;
  readonly detail: string | null;
  /** The heading that it stands under together with its neighbours of the same. */
  readonly group?: string;
}

export interface Chooser<Kind extends Choice> {
  /** Somebody picked a line of the list. */
  onChoose(choice: Kind): void;
  /** Enter with no line picked. */
  onSubmit(text: string): void;
  /** A line is looked at, by arrows or a mouse; null for none any more. */
  onPreview?(choice: Kind | null): void;
}

/** An input with a list under it, maybe in groups, by the editable combobox pattern of the ARIA practices. */
export class Combobox<Kind extends Choice> {
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #chooser: Chooser<Kind>;
  #choices: readonly Kind[] = [];
  #options: readonly HTMLElement[] = [];
  #active = -1;
  #previewed = -1;

  constructor(input: HTMLInputElement, list: HTMLElement, chooser: Chooser<Kind>) {
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
    list.addEventListener("pointermove", (event) => this.#onPoint(event));
    list.addEventListener("pointerleave", () => this.#preview(this.#active));
  }

  get isOpen(): boolean {
    return !this.#list.hidden;
  }

  show(choices: readonly Kind[]): void {
    this.#preview(-1);
    this.#choices = choices;
    this.#options = choices.map((choice, place) => this.#option(choice, place));
    this.#list.replaceChildren(...this.#inGroups());
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

  #inGroups(): HTMLElement[] {
    const groups: { readonly title: string | undefined; readonly options: HTMLElement[] }[] = [];
    for (const [place, { group }] of this.#choices.entries()) {
      if (place === 0 || groups.at(-1)?.title !== group) groups.push({ title: group, options: [] });
      groups.at(-1)!.options.push(this.#options[place]!);
    }
    return groups.flatMap(({ title, options }) => {
      if (title === undefined) return options;
      const heading = element("span", { class: "map-choices-heading", "aria-hidden": "true" }, title);
      return [element("div", { role: "group", "aria-label": title }, heading, ...options)];
    });
  }

  #option(choice: Kind, place: number): HTMLElement {
    const detail = choice.detail === null ? null : element("span", { class: "soft" }, choice.detail);
    return element(
      "div",
      { id: `${this.#list.id}-${place}`, role: "option", "aria-selected": "false" },
      choice.title,
      detail,
    );
  }

  #activate(place: number): void {
    this.#active = place;
    for (const [index, option] of this.#options.entries()) option.setAttribute("aria-selected", String(index === place));
    const active = this.#options[place];
    if (active === undefined) {
      this.#input.removeAttribute("aria-activedescendant");
    } else {
      this.#input.setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView?.({ block: "nearest" });
    }
    this.#preview(place);
  }

  #preview(place: number): void {
    if (place === this.#previewed) return;
    this.#previewed = place;
    this.#chooser.onPreview?.(this.#choices[place] ?? null);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Enter") this.#onEnter();
    else if (event.key === "Escape") this.#onEscape();
    else if (event.key === "ArrowDown") this.#step(1);
    else if (event.key === "ArrowUp") this.#step(-1);
    // With no line active they move in what is written.
    else if (event.key === "Home" && this.#active !== -1) this.#activate(0);
    else if (event.key === "End" && this.#active !== -1) this.#activate(this.#options.length - 1);
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
    const choice = this.#choices[this.#placeOf(event)];
    if (choice !== undefined) this.#choose(choice);
  }

  /** A finger does not look before it takes. */
  #onPoint(event: PointerEvent): void {
    const place = this.#placeOf(event);
    if (event.pointerType !== "touch" && place !== -1) this.#preview(place);
  }

  #placeOf({ target }: Event): number {
    const option = target instanceof Element ? target.closest<HTMLElement>("[role=option]") : null;
    return option === null ? -1 : this.#options.indexOf(option);
  }

  #choose(choice: Kind): void {
    this.#input.value = choice.title;
    this.close();
    this.#chooser.onChoose(choice);
  }
}
