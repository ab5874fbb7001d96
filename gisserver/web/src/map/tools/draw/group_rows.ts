import { chip } from "../../chips";
import { element } from "../../element";
import type { Drawn } from "../../pen";
import type { Extents } from "./extents";
import { groupNameForm } from "./group_name_form";
import type { GroupWords } from "./group_words";
import { type Drawing, type Group, membersOf, NO_GROUP } from "./groups";

/** What the rows do when they are used. */
export interface RowsHost {
  show(name: string, isShown: boolean): void;
  /** What is wrong with the new name, or null. */
  rename(name: string, next: string): string | null;
  dissolve(name: string): void;
  remove(name: string): void;
  tick(shapes: readonly Drawn[], isTicked: boolean): void;
}

/** A row for each group and one for what is in none: whether it shows, how much it is, and what can be done with it. */
export class GroupRows {
  readonly root = element("ul", { class: "map-group-list" });
  readonly #words: GroupWords;
  readonly #extents: Extents;
  readonly #host: RowsHost;
  readonly #open = new Set<string>();
  #amounts: (() => void)[] = [];
  #boxes = new Map<Drawn, HTMLInputElement>();

  constructor(words: GroupWords, extents: Extents, host: RowsHost) {
    this.#words = words;
    this.#extents = extents;
    this.#host = host;
  }

  /** Anew; who is at a control of a row stays at it. */
  show(drawing: Drawing, ticked: ReadonlySet<Drawn>): void {
    const here = document.activeElement;
    const key = here instanceof HTMLElement && this.root.contains(here) ? here.dataset["key"] : undefined;
    const written = here instanceof HTMLInputElement && here.type === "text" ? here.value : null;
    this.#amounts = [];
    this.#boxes = new Map();
    const rows = drawing.groups.map((group) => this.#row(group, membersOf(drawing, group.name)));
    const loose = membersOf(drawing, NO_GROUP);
    if (loose.length > 0) rows.push(this.#row(null, loose));
    this.root.replaceChildren(...rows);
    this.tell();
    this.mark(ticked);
    const again = key === undefined ? null : this.focus(key);
    if (again instanceof HTMLInputElement && written !== null) again.value = written;
  }

  /** What has been measured meanwhile. */
  tell(): void {
    for (const amount of this.#amounts) amount();
  }

  mark(ticked: ReadonlySet<Drawn>): void {
    for (const [shape, box] of this.#boxes) box.checked = ticked.has(shape);
  }

  focus(key: string): HTMLElement | null {
    const found = [...this.root.querySelectorAll<HTMLElement>("[data-key]")].find(({ dataset }) => dataset["key"] === key) ?? null;
    found?.focus();
    return found;
  }

  /** An open row stays open under its new name. */
  rename(name: string, next: string): void {
    if (this.#open.delete(name)) this.#open.add(next);
  }

  #row(group: Group | null, shapes: readonly Drawn[]): HTMLElement {
    const words = this.#words;
    const title = group?.name ?? words.none;
    const amount = this.#amount(() => this.#extents.sumOf(shapes));
    const name = element("span", { class: "map-group-title" }, title);
    if (group === null) return element("li", { class: "map-tree-row" }, element("div", { class: "map-layer" }, name, amount), this.#more(group, title, shapes));
    const box = element("input", { type: "checkbox", "data-key": `show/${title}`, "aria-label": words.show(title) });
    amount.id = `group-amount/${encodeURIComponent(title)}`;
    box.setAttribute("aria-describedby", amount.id);
    box.checked = !group.is_hidden;
    box.addEventListener("change", () => this.#host.show(title, box.checked));
    return element("li", { class: "map-tree-row" }, element("label", { class: "map-layer" }, box, name, amount), this.#more(group, title, shapes));
  }

  #amount(said: () => string): HTMLElement {
    const amount = element("span", { class: "map-legend-amount number" });
    this.#amounts.push(() => void (amount.textContent = said()));
    return amount;
  }

  /** Filled when it is opened: a drawing may have two thousand shapes. */
  #more(group: Group | null, title: string, shapes: readonly Drawn[]): HTMLElement {
    const name = group?.name ?? NO_GROUP;
    const summary = element("summary", { "data-key": `more/${name}`, "aria-label": this.#words.more(title) });
    const more = element("details", { class: "map-layer-more", open: this.#open.has(name) }, summary);
    const fill = (): void => more.replaceChildren(summary, ...(more.open ? [...this.#acts(group), ...this.#list(group, title, shapes)] : []));
    fill();
    more.addEventListener("toggle", () => {
      if (more.open === this.#open.has(name)) return;
      if (more.open) this.#open.add(name);
      else this.#open.delete(name);
      fill();
      this.tell();
    });
    return more;
  }

  #acts(group: Group | null): HTMLElement[] {
    if (group === null) return [];
    const words = this.#words;
    const dissolve = chip(words.dissolve, () => this.#host.dissolve(group.name));
    dissolve.setAttribute("aria-label", words.dissolveOf(group.name));
    const remove = chip(words.remove, () => this.#host.remove(group.name));
    remove.setAttribute("aria-label", words.removeOf(group.name));
    return [
      groupNameForm(words.name, group.name, words.rename, `name/${group.name}`, (next) => this.#host.rename(group.name, next)),
      element("div", { class: "map-chips" }, dissolve, remove),
    ];
  }

  #list(group: Group | null, title: string, shapes: readonly Drawn[]): HTMLElement[] {
    const words = this.#words;
    if (shapes.length === 0) return [element("p", { class: "map-legend-note" }, words.empty)];
    if (group?.is_hidden === true) return [element("p", { class: "map-legend-note" }, words.hiddenNote)];
    const all = chip(words.tickAll, () => this.#host.tick(shapes, true));
    const rows = shapes.map((shape, place) => element("li", {}, this.#shape(shape, place, group?.name ?? NO_GROUP)));
    return [element("ul", { class: "map-group-list", "aria-label": words.shapes(title) }, ...rows), ...(shapes.length > 1 ? [element("div", { class: "map-chips" }, all)] : [])];
  }

  #shape(shape: Drawn, place: number, name: string): HTMLElement {
    const label = String(shape.properties["label"] ?? "").trim();
    const box = element("input", { type: "checkbox", "data-key": `shape/${name}/${place}` });
    box.addEventListener("change", () => this.#host.tick([shape], box.checked));
    this.#boxes.set(shape, box);
    const said = label === "" ? `${this.#words.shape[shape.geometry.type]} ${place + 1}` : label;
    return element("label", { class: "map-layer" }, box, element("span", { class: "map-group-title" }, said), this.#amount(() => this.#extents.of(shape)));
  }
}
