import type { Fields } from "../../api";
import type { Desk } from "../../desk";
import { element } from "../../element";
import type { FieldSchema } from "../../values";
import { allOf, type Condition, conditionText, OPERATORS, type Operator, operatorsFor } from "./cql";
import { tableWords } from "./words";

/** Fields that a person filters by. */
export function askable(fields: Fields): [string, FieldSchema][] {
  return Object.entries(fields).filter(([name, field]) => name !== "uid" && field.format?.startsWith("geometry") !== true);
}

/** Conditions line by line, and the text they make, which may be written by hand as well. */
export class FilterForm {
  readonly root: HTMLFormElement;
  readonly #desk: Desk;
  readonly #fields: Fields;
  readonly #lines = element("div", { class: "map-conditions" });
  readonly #join: HTMLSelectElement;
  readonly #text: HTMLTextAreaElement;
  readonly #says = element("p", { class: "map-problem", role: "alert" });
  /** What was asked before there was a line, as the shape of a selection: the lines ask for more than that. */
  #before = "";

  constructor(desk: Desk, fields: Fields, filter: string, onApply: (filter: string) => void) {
    const words = tableWords(desk);
    this.#desk = desk;
    this.#fields = fields;
    this.#join = element("select", { "aria-label": words.join }, option("AND", words.all), option("OR", words.any));
    this.#text = element("textarea", { rows: 2, spellcheck: "false", "aria-label": words.text });
    this.#text.value = filter;
    const add = button(words.addCondition, () => this.#add());
    const clear = button(words.clear, () => {
      this.#lines.replaceChildren();
      this.#text.value = this.#before = "";
      onApply("");
    });
    const apply = element("button", { class: "map-chip", "aria-pressed": "true" }, words.apply);
    apply.removeAttribute("aria-pressed");
    this.root = element(
      "form",
      { class: "map-filter" },
      this.#lines,
      element("div", { class: "map-chips" }, add, element("label", { class: "map-join" }, words.join, this.#join)),
      element("label", {}, element("span", { class: "soft" }, words.text), this.#text),
      this.#says,
      element("div", { class: "map-chips" }, apply, clear),
    );
    this.#lines.addEventListener("input", () => this.#write());
    this.#join.addEventListener("change", () => this.#write());
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      onApply(this.#text.value.trim());
    });
  }

  /** What the service found wrong with the text. */
  tell(sentence: string): void {
    this.#says.textContent = sentence;
    this.#text.toggleAttribute("aria-invalid", sentence !== "");
  }

  #add(): void {
    const words = tableWords(this.#desk);
    const fields = askable(this.#fields);
    const [first] = fields;
    if (first === undefined) return;
    if (this.#lines.childElementCount === 0) this.#before = this.#text.value;
    const field = element("select", { "aria-label": words.field }, ...fields.map(([name, { title }]) => option(name, title)));
    const operator = element("select", { "aria-label": words.operator });
    const value = element("span", { class: "map-condition-value" });
    const fill = (): void => {
      const schema = this.#fields[field.value]!;
      operator.replaceChildren(...operatorsFor(schema).map((one) => option(one, words.operators[one])));
      value.replaceChildren(this.#valueInput(schema));
    };
    const line = element("div", { class: "map-condition" }, field, operator, value);
    const remove = button("×", () => {
      line.remove();
      this.#write();
    });
    remove.setAttribute("aria-label", words.remove);
    line.append(remove);
    field.addEventListener("change", () => {
      fill();
      this.#write();
    });
    fill();
    this.#lines.append(line);
    field.focus();
  }

  #valueInput(schema: FieldSchema): HTMLInputElement | HTMLSelectElement {
    const { words } = this.#desk;
    const label = { "aria-label": tableWords(this.#desk).value };
    const codes = schema["x-ogc-codes"];
    if (codes !== undefined) return element("select", label, ...codes.map(({ value, title }) => option(String(value), title)));
    if (schema.type === "boolean") return element("select", label, option("true", words.yes), option("false", words.no));
    if (schema.format === "date") return element("input", { ...label, type: "date" });
    const isNumber = schema.type === "number" || schema.type === "integer";
    return element("input", { ...label, type: "text", inputmode: isNumber ? "decimal" : "text" });
  }

  #write(): void {
    const parts = [...this.#lines.children].flatMap((line) => {
      const condition = conditionIn(line);
      const operator = condition.operator;
      line.querySelector<HTMLElement>(".map-condition-value")!.hidden = operator === "empty" || operator === "filled";
      return conditionText(condition, this.#fields[condition.field]!) ?? [];
    });
    const asked = this.#join.value === "AND" ? allOf(parts) : parts.map((part) => (parts.length > 1 ? `(${part})` : part)).join(" OR ");
    this.#text.value = allOf([this.#before, asked]);
    this.tell("");
  }
}

function conditionIn(line: Element): Condition {
  const [field, operator, value] = [...line.querySelectorAll<HTMLInputElement | HTMLSelectElement>("select, input")];
  const known = OPERATORS.find((one) => one === operator?.value) ?? ("=" satisfies Operator);
  return { field: field?.value ?? "", operator: known, value: value?.value ?? "" };
}

function option(value: string, title: string): HTMLOptionElement {
  return element("option", { value }, title);
}

function button(title: string, onPress: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", class: "map-chip" }, title);
  made.addEventListener("click", onPress);
  return made;
}
