import type { Feature } from "geojson";
import { shownCount } from "../../amounts";
import { chip } from "../../chips";
import type { Desk } from "../../desk";
import { element } from "../../element";
import type { OwnLayer } from "../../own_layers";
import { saveAs } from "../../save_as";
import { shownValue } from "../../values";
import { type Condition, OPERATORS, type Operator } from "./cql";
import { csvOf, matching, sorted } from "./own_rows";
import { PAGE_ROWS } from "./rows";
import { tableWords } from "./words";

/** The features of an opened file: filtered, sorted and paged here; the map draws what the filter leaves. */
export class OwnTable {
  readonly root: HTMLElement;
  readonly #desk: Desk;
  readonly #own: OwnLayer;
  readonly #status = element("span", { class: "number", role: "status" });
  readonly #grid = element("div", { class: "map-grid", tabindex: "0", role: "region" });
  readonly #pager = element("div", { class: "map-chips" });
  #condition: Condition = { field: "", operator: "contains", value: "" };
  #sortby = "";
  #rows: readonly Feature[];
  #first = 0;

  constructor(desk: Desk, own: OwnLayer) {
    const words = tableWords(desk);
    this.#desk = desk;
    this.#own = own;
    this.#rows = own.features;
    this.#grid.setAttribute("aria-label", words.caption(own.layer.title));
    this.#grid.addEventListener("click", ({ target }) => this.#onClick(target as HTMLElement));
    const downloads = element("div", { class: "map-chips" }, chip(`${words.download} (CSV)`, () => this.#download("csv")), chip(`${words.download} (GeoJSON)`, () => this.#download("geojson")));
    this.root = element("div", { class: "map-table" }, element("div", { class: "map-table-head" }, this.#filterLine(), downloads, this.#status, this.#pager), this.#grid);
    this.#arrange();
  }

  /** The filter ends with the table. */
  end(): void {
    if (this.#desk.own.find(this.#own.layer.id) !== undefined) this.#desk.own.change(this.#own.layer.id, { drawn: this.#own.features });
  }

  /** Rows of files have no lasting number to be known by. */
  mark(): void {}

  #filterLine(): HTMLElement {
    const words = tableWords(this.#desk);
    const names = Object.keys(this.#own.fields);
    const field = element("select", { "aria-label": words.field }, ...names.map((name) => element("option", { value: name }, name)));
    const operator = element("select", { "aria-label": words.operator }, ...OPERATORS.map((one) => element("option", { value: one }, words.operators[one])));
    const value = element("input", { type: "text", "aria-label": words.value });
    operator.value = this.#condition.operator;
    const line = element("div", { class: "map-condition" }, field, operator, value);
    line.addEventListener("input", () => {
      this.#condition = { field: field.value, operator: operator.value as Operator, value: value.value };
      value.hidden = operator.value === "empty" || operator.value === "filled";
      this.#arrange();
      this.#desk.own.change(this.#own.layer.id, { drawn: this.#rows });
    });
    return line;
  }

  #arrange(): void {
    const { language } = this.#desk;
    this.#rows = sorted(matching(this.#own.features, this.#condition, language), this.#sortby, language);
    this.#first = 0;
    this.#show();
  }

  #show(): void {
    const words = tableWords(this.#desk);
    const names = Object.keys(this.#own.fields);
    const shown = this.#rows.slice(this.#first, this.#first + PAGE_ROWS);
    const head = element("tr", {}, ...names.map((name) => this.#heading(name)));
    const rows = shown.map((feature, index) => this.#row(feature, this.#first + index, names));
    const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
    this.#grid.replaceChildren(shown.length === 0 ? element("p", { class: "soft" }, words.none) : table);
    this.#status.textContent = words.rows(shownCount(this.#rows.length, this.#desk.language));
    this.#pager.replaceChildren(this.#turner(words.previous, "‹", this.#first - PAGE_ROWS), this.#turner(words.next, "›", this.#first + PAGE_ROWS));
  }

  #heading(name: string): HTMLElement {
    const order = this.#sortby === name ? "ascending" : this.#sortby === `-${name}` ? "descending" : "none";
    const sign = { ascending: " ▲", descending: " ▼", none: "" }[order];
    const button = element("button", { type: "button", "aria-label": tableWords(this.#desk).sortBy(name), "data-sort": name }, name, sign);
    return element("th", { scope: "col", "aria-sort": order }, button);
  }

  #row(feature: Feature, index: number, names: readonly string[]): HTMLElement {
    const { language, words } = this.#desk;
    const cells = names.map((name, place) => {
      const field = this.#own.fields[name]!;
      const shown = shownValue(feature.properties?.[name], field, language, words) ?? "";
      return element("td", field.type === "number" ? { class: "number" } : {}, place === 0 ? element("button", { type: "button", class: "map-row-open" }, shown || "–") : shown);
    });
    return element("tr", { "data-index": index }, ...cells);
  }

  #turner(label: string, sign: string, first: number): HTMLElement {
    const button = element("button", { type: "button", class: "map-chip", "aria-label": label, disabled: first < 0 || first >= this.#rows.length }, sign);
    button.addEventListener("click", () => {
      this.#first = first;
      this.#show();
    });
    return button;
  }

  #onClick(target: HTMLElement): void {
    const sort = target.closest<HTMLElement>("[data-sort]")?.dataset["sort"];
    if (sort !== undefined) {
      this.#sortby = this.#sortby === sort ? `-${sort}` : sort;
      this.#arrange();
      this.#grid.querySelector<HTMLElement>(`[data-sort="${CSS.escape(sort)}"]`)?.focus();
      return;
    }
    const feature = this.#rows[Number(target.closest<HTMLElement>("[data-index]")?.dataset["index"])];
    if (feature?.geometry) void this.#desk.show({ layer: this.#own.layer, feature, at: null });
  }

  #download(kind: "csv" | "geojson"): void {
    const written = kind === "csv" ? csvOf(this.#rows, this.#own.fields) : JSON.stringify({ type: "FeatureCollection", features: this.#rows });
    saveAs(`${this.#own.layer.title}.${kind}`, written, kind === "csv" ? "text/csv" : "application/geo+json");
  }
}
