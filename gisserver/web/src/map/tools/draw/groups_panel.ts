import { chip } from "../../chips";
import type { Desk } from "../../desk";
import { element } from "../../element";
import type { Drawn } from "../../pen";
import { Extents } from "./extents";
import { forgetProblem, groupNameForm } from "./group_name_form";
import { GroupRows } from "./group_rows";
import { type GroupWords, groupWords } from "./group_words";
import { deleted, dissolved, type Drawing, type Group, membersOf, moved, NO_GROUP, oneLine, problemWith, renamed, setHidden, withGroup } from "./groups";

/** The drawing whose shapes are put into groups, as the tool holds it. */
export interface GroupsHost {
  drawing(): Drawing;
  /** A step, to be taken back like any other. */
  commit(next: Drawing): void;
}

/** Named groups of the drawing's shapes: shown and hidden, renamed, filled, taken apart and deleted. */
export class GroupsPanel {
  readonly root: HTMLElement;
  readonly #desk: Desk;
  readonly #words: GroupWords;
  readonly #host: GroupsHost;
  readonly #extents: Extents;
  readonly #rows: GroupRows;
  readonly #begin: HTMLElement;
  readonly #into: HTMLSelectElement;
  readonly #intoField: HTMLElement;
  readonly #to: HTMLSelectElement;
  readonly #move: HTMLElement;
  readonly #new: HTMLFormElement;
  readonly #count = element("p", { class: "map-legend-note map-group-count", role: "status" });
  readonly #says = element("p", { class: "map-legend-note", role: "status" });
  #shown: Drawing | null = null;
  /** Under the pen's hand. */
  #inHand: Drawn["id"] | null = null;
  #ticked = new Set<Drawn>();

  constructor(desk: Desk, host: GroupsHost) {
    const words = groupWords(desk);
    this.#desk = desk;
    this.#words = words;
    this.#host = host;
    this.#extents = new Extents(desk, () => this.#rows.tell());
    this.#rows = new GroupRows(words, this.#extents, {
      show: (name, isShown) => this.#commit(setHidden(this.#drawing, name, !isShown)),
      rename: (name, next) => this.#rename(name, next),
      dissolve: (name) => this.#away(name, dissolved(this.#drawing, name), words.dissolved(name)),
      remove: (name) => this.#away(name, deleted(this.#drawing, name), words.removed(name, membersOf(this.#drawing, name).length)),
      tick: (shapes, isTicked) => this.#tick(shapes, isTicked),
    });
    this.#begin = element("p", { class: "map-legend-note" }, words.begin);
    this.#into = element("select", {});
    this.#into.addEventListener("change", () => this.#showInto());
    this.#intoField = element("label", { class: "map-draw-field" }, words.into, this.#into);
    this.#to = element("select", {});
    const acts = element("div", { class: "map-chips" }, chip(words.move, () => this.#moveTicked()), chip(words.deleteThem, () => this.#deleteTicked()));
    this.#move = element("div", { class: "map-group-move", hidden: true }, element("label", { class: "map-draw-field" }, words.moveTo, this.#to), acts);
    this.#new = groupNameForm(words.newGroup, "", words.add, "new", (name) => this.#add(name));
    const heading = element("h3", { id: "map-groups-heading", class: "map-group-heading", tabindex: "-1" }, words.groups);
    this.root = element("section", { "aria-labelledby": heading.id }, heading, this.#begin, this.#rows.root, this.#count, this.#move, this.#intoField, this.#new, this.#says);
    this.update();
  }

  end(): void {
    this.#extents.end();
  }

  /** The group into which what is drawn next goes. */
  get into(): string {
    return this.#into.value;
  }

  /** The drawing may be another. */
  update(): void {
    const { features, groups } = this.#drawing;
    const before = this.#shown;
    if (before?.features === features && before.groups === groups) return;
    this.#shown = { features, groups };
    this.#ticked = this.#ofHand();
    this.#says.replaceChildren();
    forgetProblem(this.#new);
    this.#begin.hidden = groups.length > 0;
    this.#rows.show(this.#drawing, this.#ticked);
    this.#offer(groups);
    this.#showTicked();
    this.#extents.ask(features);
  }

  /** What the pen has under the hand is chosen for as long. */
  choose(id: Drawn["id"] | null): void {
    this.#inHand = id;
    this.#ticked = this.#ofHand();
    this.#rows.mark(this.#ticked);
    this.#showTicked();
  }

  #ofHand(): Set<Drawn> {
    return new Set(this.#drawing.features.filter(({ id }) => id !== undefined && id === this.#inHand));
  }

  get #drawing(): Drawing {
    return this.#host.drawing();
  }

  #offer(groups: readonly Group[]): void {
    const before = this.into;
    const options = (): HTMLElement[] => [element("option", { value: NO_GROUP }, this.#words.none), ...groups.map(({ name }) => element("option", { value: name }, name))];
    const to = this.#to.value;
    this.#into.replaceChildren(...options());
    this.#to.replaceChildren(...options());
    this.#intoField.hidden = groups.length === 0;
    this.#to.value = groups.some(({ name }) => name === to) ? to : (groups[0]?.name ?? NO_GROUP);
    const found = groups.find(({ name }) => name === before);
    this.#into.value = found?.is_hidden === false ? before : NO_GROUP;
    if (this.into !== before) this.#says.replaceChildren(found === undefined ? this.#words.gone(before) : this.#words.hidden(before));
  }

  /** What is drawn is seen while it is drawn. */
  #showInto(): void {
    const { into } = this;
    const isHidden = this.#drawing.groups.some(({ name, is_hidden }) => name === into && is_hidden);
    if (!isHidden) return;
    const shown = setHidden(this.#drawing, into, false);
    this.#into.value = NO_GROUP;
    this.#commit(shown);
    this.#into.value = into;
  }

  #add(name: string): string | null {
    const said = oneLine(name);
    const wrong = problemWith(said, this.#drawing.groups, this.#desk.language);
    if (wrong !== null) return this.#words.problems[wrong];
    this.#commit(withGroup(this.#drawing, said), this.#words.added(said));
    this.#into.value = said;
    this.#to.value = said;
    return null;
  }

  #rename(name: string, next: string): string | null {
    const said = oneLine(next);
    if (said === name) return null;
    const others = this.#drawing.groups.filter((group) => group.name !== name);
    const wrong = problemWith(said, others, this.#desk.language);
    if (wrong !== null) return this.#words.problems[wrong];
    const isInto = this.into === name;
    if (isInto) this.#into.value = NO_GROUP;
    this.#rows.rename(name, said);
    this.#commit(renamed(this.#drawing, name, said), this.#words.renamed(said));
    if (isInto) this.#into.value = said;
    this.#rows.focus(`more/${said}`);
    return null;
  }

  #away(name: string, next: Drawing, sentence: string): void {
    if (this.into === name) this.#into.value = NO_GROUP;
    this.#commit(next, sentence, true);
  }

  #tick(shapes: readonly Drawn[], isTicked: boolean): void {
    for (const shape of shapes) {
      if (isTicked) this.#ticked.add(shape);
      else this.#ticked.delete(shape);
    }
    this.#rows.mark(this.#ticked);
    this.#showTicked();
  }

  #showTicked(): void {
    const { size } = this.#ticked;
    this.#move.hidden = size === 0;
    this.#count.textContent = size === 0 ? "" : this.#words.ticked(size);
  }

  #moveTicked(): void {
    const name = this.#to.value;
    const { size } = this.#ticked;
    const isHidden = this.#drawing.groups.some((group) => group.name === name && group.is_hidden);
    const sentence = name === NO_GROUP ? this.#words.movedOut(size) : this.#words.moved(size, name);
    this.#commit(moved(this.#drawing, this.#ticked, name), isHidden ? `${sentence} ${this.#words.movedHidden}` : sentence, true);
  }

  #deleteTicked(): void {
    const { features, groups } = this.#drawing;
    const { size } = this.#ticked;
    this.#commit({ features: features.filter((shape) => !this.#ticked.has(shape)), groups }, this.#words.removedShapes(size), true);
  }

  /** With a button to take it back where what was pressed is gone with it. */
  #commit(next: Drawing, sentence = "", isToUndo = false): void {
    const before = this.#drawing;
    this.#host.commit(next);
    if (sentence === "") return;
    const undo = chip(this.#words.undo, () => {
      this.#host.commit(before);
      this.#says.replaceChildren(this.#words.back);
      this.root.querySelector<HTMLElement>("h3")?.focus();
    });
    this.#says.replaceChildren(element("span", {}, sentence), ...(isToUndo ? [" ", undo] : []));
    if (isToUndo) undo.focus();
  }
}
