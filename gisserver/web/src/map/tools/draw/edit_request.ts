import { answerOf, ask, type Fields, Unanswered, wasReplaced } from "../../api";
import { filled, type MapConfig } from "../../config";
import type { Desk } from "../../desk";
import { element } from "../../element";
import type { Drawn } from "../../pen";
import type { FieldSchema } from "../../values";
import { requestFile } from "./request_file";
import { drawWords } from "./words";

type Where = NonNullable<MapConfig["request"]>;

interface Receivables {
  readonly required: readonly string[];
  readonly properties: Fields;
}

/** The drawing as a file in the district's inbox, where it is checked, balanced and submitted like any other. */
export class EditRequest {
  readonly root: HTMLDetailsElement;
  readonly #desk: Desk;
  readonly #where: Where;
  readonly #drawing: () => readonly Drawn[];
  readonly #layer: HTMLSelectElement;
  readonly #district: HTMLSelectElement;
  readonly #fields = element("div", {});
  readonly #says = element("p", { role: "status" });
  #asking = new AbortController();

  constructor(desk: Desk, where: Where, drawing: () => readonly Drawn[]) {
    const words = drawWords(desk);
    this.#desk = desk;
    this.#where = where;
    this.#drawing = drawing;
    this.#layer = element("select", {}, ...desk.layers.all.map(({ id, title }) => element("option", { value: id }, title)));
    this.#district = element("select", {}, ...where.districts.map(([id, name]) => element("option", { value: id }, name)));
    const form = element(
      "form",
      {},
      element("p", { class: "map-legend-note" }, words.requestHint),
      element("label", { class: "map-draw-field" }, words.requestLayer, this.#layer),
      where.districts.length > 1 ? element("label", { class: "map-draw-field" }, words.requestDistrict, this.#district) : null,
      this.#fields,
      element("div", { class: "map-chips" }, element("button", { class: "map-chip" }, words.send)),
      this.#says,
    );
    this.root = element("details", { class: "map-filter-fold" }, element("summary", {}, words.request), form);
    this.#layer.addEventListener("change", () => void this.#ask());
    this.root.addEventListener("toggle", () => this.root.open && void this.#ask());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#send();
    });
  }

  /** What features of that layer need to say. */
  async #ask(): Promise<void> {
    const words = drawWords(this.#desk);
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#fields.replaceChildren();
    try {
      const address = `${filled(this.#where.receivables, this.#layer.value)}?lang=${this.#desk.language}`;
      const { required, properties } = await ask<Receivables>(address, this.#asking.signal);
      const named = Object.entries(properties).filter(([, { format }]) => format?.startsWith("geometry") !== true);
      const label = element("select", { name: "" }, element("option", { value: "" }, words.labelSaysNothing), ...named.map(([name, { title }]) => element("option", { value: name }, title)));
      const inputs = named.filter(([name]) => required.includes(name)).map(([name, field]) => ({ name, root: line(name, field) }));
      label.addEventListener("change", () => {
        for (const { name, root } of inputs) root.hidden = name === label.value;
      });
      this.#fields.replaceChildren(element("label", { class: "map-draw-field" }, words.labelSays, label), ...inputs.map(({ root }) => root));
      this.#says.textContent = "";
    } catch (error) {
      if (!wasReplaced(error)) this.#complain(error);
    }
  }

  async #send(): Promise<void> {
    const words = drawWords(this.#desk);
    const layer = this.#desk.layers.layer(this.#layer.value);
    if (layer === undefined) return;
    const empty = this.#inputs().find(({ value }) => value.trim() === "");
    if (empty !== undefined) {
      this.#says.textContent = words.missing(empty.closest("label")?.firstChild?.textContent ?? "");
      return empty.focus();
    }
    const ofAll = Object.fromEntries(this.#inputs().map(({ name, value }) => [name, value.trim()]));
    const labelField = this.#fields.querySelector<HTMLSelectElement>("select")?.value ?? "";
    const file = requestFile(this.#drawing(), layer.swatch.kind, ofAll, labelField);
    const { length } = file.features;
    if (length === 0) return void (this.#says.textContent = words.none(layer.title));
    try {
      const { id } = await this.#post(JSON.stringify(file), [...Object.keys(ofAll), ...(labelField === "" ? [] : [labelField])]);
      const link = element("a", { class: "button", href: filled(this.#where.upload, id) }, words.toRequest);
      this.#says.replaceChildren(words.requested(length), " ", link);
      link.focus();
    } catch (error) {
      this.#complain(error);
    }
  }

  async #post(content: string, fields: readonly string[]): Promise<{ readonly id: string }> {
    const form = new FormData();
    form.append("file", new File([content], "drawing.geojson", { type: "application/geo+json" }));
    form.append("layer", this.#layer.value);
    form.append("district", this.#district.value);
    form.append("crs", "4326");
    form.append("columns", JSON.stringify(Object.fromEntries(fields.map((name) => [name, name]))));
    const headers = { Accept: "application/json", "X-CSRFToken": this.#desk.config.token };
    return answerOf(await fetch(`${this.#where.send}?lang=${this.#desk.language}`, { method: "POST", body: form, headers }));
  }

  /** Those that are asked for; the one that the labels say is hidden. */
  #inputs(): HTMLInputElement[] {
    return [...this.#fields.querySelectorAll<HTMLInputElement>("label:not([hidden]) [name]:not([name=''])")];
  }

  #complain(error: unknown): void {
    const words = drawWords(this.#desk);
    if (!(error instanceof Unanswered && error.isSignedOut)) {
      this.#says.textContent = (error instanceof Unanswered ? error.sentence : null) ?? words.standings.away;
      return;
    }
    const back = `${location.pathname}${location.search}${location.hash}`;
    const link = element("a", { class: "button", href: `${this.#desk.config.signin}?${new URLSearchParams({ next: back })}` }, words.signIn);
    this.#says.replaceChildren(words.signedOut, " ", link);
    link.focus();
  }
}

function line(name: string, { title, "x-ogc-codes": codes, type, format }: FieldSchema): HTMLLabelElement {
  const options = codes?.map((code) => element("option", { value: String(code.value) }, code.title));
  const isNumber = type === "number" || type === "integer";
  const input = options === undefined ? element("input", { name, type: format === "date" ? "date" : "text", inputmode: isNumber ? "decimal" : "text" }) : element("select", { name }, ...options);
  return element("label", { class: "map-draw-field" }, title, input);
}
