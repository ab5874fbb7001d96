import type { Feature } from "geojson";
import { shownCount } from "../../amounts";
import { type Fields, Unanswered, wasReplaced } from "../../api";
import { filled } from "../../config";
import type { Desk } from "../../desk";
import { element } from "../../element";
import type { Moment } from "../../moment";
import type { PoolLayer } from "../../pool_style";
import { shownMoment, shownValue } from "../../values";
import { askable, FilterForm } from "./filter_form";
import { addressOf, countOf, firstPage, type Page, pageAt, type Question } from "./rows";
import { tableWords } from "./words";

/** So many rows are sorted in no time by any field; beyond, only by those of which the pool keeps the order. */
const ANY_ORDER = 20_000;

/** The moment that the map draws, and the publish in force then. */
interface Then {
  readonly at: Moment;
  readonly epoch: string | null;
}

/** The features of one layer: filtered, sorted, counted and paged by the service, however many there are. */
export class Table {
  readonly #desk: Desk;
  readonly #layer: PoolLayer;
  readonly #root: HTMLElement;
  readonly #status = element("span", { class: "number", role: "status" });
  readonly #grid = element("div", { class: "map-grid", tabindex: "0" });
  readonly #pager = element("div", { class: "map-chips" });
  readonly #downloads = element("details", { class: "map-downloads" });
  readonly #form: FilterForm;
  readonly #fields: Fields;
  readonly #at: Moment;
  readonly #onFilter: (filter: string) => void;
  #question: Question;
  #page: Page = { features: [], next: null, previous: null };
  #count: number | null = null;
  #asking = new AbortController();

  /** A layer that is drawn as of a day is listed as of that day. */
  static async of(desk: Desk, layer: PoolLayer, filter: string, onFilter: (filter: string) => void): Promise<Table> {
    const at = desk.layers.states.find(({ id }) => id === layer.id)?.at ?? null;
    const epoch = await desk.api.publishAt(at, desk.view.bounds, new AbortController().signal);
    return new Table(desk, layer, filter, await desk.api.fields(layer.id), { at, epoch }, onFilter);
  }

  private constructor(desk: Desk, layer: PoolLayer, filter: string, fields: Fields, { at, epoch }: Then, onFilter: (filter: string) => void) {
    const words = tableWords(desk);
    this.#desk = desk;
    this.#layer = layer;
    this.#fields = fields;
    this.#at = at;
    this.#onFilter = onFilter;
    this.#question = { items: filled(desk.config.items, layer.id), filter, bbox: null, sortby: "", epoch, language: desk.language };
    this.#form = new FilterForm(desk, fields, filter, (text) => this.#ask({ filter: text }));
    const inView = element("input", { type: "checkbox" });
    inView.addEventListener("change", () => this.#ask({ bbox: inView.checked ? desk.view.bounds : null }));
    const details = element("details", { class: "map-filter-fold", open: filter !== "" }, element("summary", {}, words.filter), this.#form.root);
    this.#root = element(
      "div",
      { class: "map-table" },
      element("div", { class: "map-table-head" }, details, element("label", { class: "map-layer" }, inView, words.onlyInView), this.#downloads, this.#status, this.#pager),
      this.#grid,
    );
    this.#grid.setAttribute("aria-label", words.caption(layer.title));
    this.#grid.setAttribute("role", "region");
    this.#grid.addEventListener("click", ({ target }) => this.#onClick(target as HTMLElement));
    this.#ask({});
  }

  get root(): HTMLElement {
    return this.#root;
  }

  end(): void {
    this.#asking.abort();
  }

  /** The row of the feature whose card is open stands out and comes into sight. */
  mark(uid: string | null): void {
    for (const row of this.#grid.querySelectorAll<HTMLElement>("tbody tr")) {
      const isChosen = row.dataset["uid"] === uid;
      row.toggleAttribute("aria-current", isChosen);
      if (isChosen) row.scrollIntoView?.({ block: "nearest" });
    }
  }

  /** Another question; what is left out stays as it was. */
  #ask(change: Partial<Question>): void {
    this.#question = { ...this.#question, ...change };
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.#showDownloads();
    this.#onFilter(this.#question.filter);
    void this.#read(firstPage(this.#question, signal));
    if (!("sortby" in change)) void this.#recount(signal);
  }

  async #read(coming: Promise<Page>): Promise<void> {
    const words = tableWords(this.#desk);
    this.#root.setAttribute("aria-busy", "true");
    try {
      this.#page = await coming;
      this.#form.tell("");
      this.#show();
      this.#root.removeAttribute("aria-busy");
    } catch (error) {
      if (wasReplaced(error)) return;
      this.#root.removeAttribute("aria-busy");
      this.#form.tell((error instanceof Unanswered ? error.sentence : null) ?? words.failed);
      this.#root.querySelector<HTMLDetailsElement>(".map-filter-fold")!.open = true;
    }
  }

  async #recount(signal: AbortSignal): Promise<void> {
    const words = tableWords(this.#desk);
    this.#count = null;
    this.#status.textContent = words.counting;
    try {
      this.#count = await countOf(this.#question, signal);
      const { language, words: general } = this.#desk;
      const when = this.#at === null ? [] : [general.asOf(shownMoment(this.#at, language, general))];
      this.#status.textContent = [words.rows(shownCount(this.#count, language)), ...when].join(", ");
      this.#show();
    } catch (error) {
      if (!wasReplaced(error)) this.#status.textContent = "";
    }
  }

  #show(): void {
    const words = tableWords(this.#desk);
    const names = this.#columns();
    if (this.#page.features.length === 0 && !this.#root.hasAttribute("aria-busy")) {
      this.#grid.replaceChildren(element("p", { class: "soft" }, words.none));
    } else {
      const head = element("tr", {}, ...names.map((name) => this.#heading(name)));
      const rows = this.#page.features.map((feature) => this.#row(feature, names));
      this.#grid.replaceChildren(element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)));
    }
    this.#pager.replaceChildren(this.#turner(words.previous, "‹", this.#page.previous), this.#turner(words.next, "›", this.#page.next));
    this.mark(this.#desk.chosen?.feature.id === undefined ? null : String(this.#desk.chosen.feature.id));
  }

  /** Fields in which nothing stands on this page would only make the table wide. */
  #columns(): string[] {
    const named = askable(this.#fields).map(([name]) => name);
    return named.filter((name) => this.#page.features.some(({ properties }) => (properties?.[name] ?? null) !== null) || this.#question.sortby.endsWith(name));
  }

  #heading(name: string): HTMLElement {
    const words = tableWords(this.#desk);
    const field = this.#fields[name]!;
    const isSortable = field["x-ogc-ordered"] === true || (this.#count !== null && this.#count <= ANY_ORDER);
    const { sortby } = this.#question;
    const order = sortby === name ? "ascending" : sortby === `-${name}` ? "descending" : "none";
    const heading = element("th", { scope: "col", "aria-sort": order });
    if (!isSortable) {
      heading.title = words.noSort(shownCount(ANY_ORDER, this.#desk.language));
      heading.append(field.title);
      return heading;
    }
    const sign = order === "ascending" ? " ▲" : order === "descending" ? " ▼" : "";
    const button = element("button", { type: "button", "aria-label": words.sortBy(field.title), "data-sort": name }, field.title, sign);
    heading.append(button);
    return heading;
  }

  #row(feature: Feature, names: readonly string[]): HTMLElement {
    const { language, words } = this.#desk;
    const cells = names.map((name, place) => {
      const field = this.#fields[name]!;
      const shown = shownValue(feature.properties?.[name], field, language, words) ?? "";
      const isNumber = field.type === "number" || (field.type === "integer" && field["x-ogc-codes"] === undefined);
      const content = place === 0 ? element("button", { type: "button", class: "map-row-open" }, shown) : shown;
      return element("td", isNumber ? { class: "number" } : {}, content);
    });
    return element("tr", { "data-uid": String(feature.id) }, ...cells);
  }

  #turner(label: string, sign: string, address: string | null): HTMLElement {
    const button = element("button", { type: "button", class: "map-chip", "aria-label": label, disabled: address === null }, sign);
    button.addEventListener("click", () => address !== null && void this.#read(pageAt(address, this.#asking.signal)));
    return button;
  }

  #showDownloads(): void {
    const words = tableWords(this.#desk);
    const links = this.#desk.config.formats.map(([word, title]) =>
      element("li", {}, element("a", { href: addressOf(this.#question, { f: word }), download: true }, title)),
    );
    this.#downloads.replaceChildren(
      element("summary", {}, words.download),
      element("p", { class: "soft" }, words.downloadHint),
      element("ul", {}, ...links),
    );
  }

  #onClick(target: HTMLElement): void {
    const sort = target.closest<HTMLElement>("[data-sort]")?.dataset["sort"];
    if (sort !== undefined) return this.#ask({ sortby: this.#question.sortby === sort ? `-${sort}` : sort });
    const uid = target.closest<HTMLElement>("tr[data-uid]")?.dataset["uid"];
    const feature = this.#page.features.find(({ id }) => id === uid);
    if (feature !== undefined) void this.#desk.show({ layer: this.#layer, feature, at: this.#at, epoch: this.#question.epoch });
  }
}
