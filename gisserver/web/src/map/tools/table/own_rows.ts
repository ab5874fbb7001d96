import type { Feature } from "geojson";
import type { Fields } from "../../api";
import type { Condition } from "./cql";

/** The features for which the condition holds; all where its value is still missing. */
export function matching(features: readonly Feature[], condition: Condition, language: string): Feature[] {
  const { field, operator, value } = condition;
  const isUnsaid = value.trim() === "" && operator !== "empty" && operator !== "filled";
  return isUnsaid ? [...features] : features.filter(({ properties }) => holds(properties?.[field], condition, language));
}

/** By that field, with - before it for the largest first; what lacks it comes last. */
export function sorted(features: readonly Feature[], sortby: string, language: string): Feature[] {
  if (sortby === "") return [...features];
  const [name, sign] = sortby.startsWith("-") ? [sortby.slice(1), -1] : [sortby, 1];
  const order = new Intl.Collator(language, { numeric: true });
  return [...features].sort((one, other) => {
    const [first, second] = [one.properties?.[name] as unknown, other.properties?.[name] as unknown];
    if (isEmpty(first) || isEmpty(second)) return Number(isEmpty(first)) - Number(isEmpty(second));
    if (typeof first === "number" && typeof second === "number") return sign * (first - second);
    return sign * order.compare(String(first), String(second));
  });
}

/** With a mark in front by which spreadsheets know the letters. */
export function csvOf(features: readonly Feature[], fields: Fields): string {
  const names = Object.keys(fields);
  const rows = features.map(({ properties }) => names.map((name) => cell(properties?.[name])));
  return `\ufeff${[names.map(cell), ...rows].map((row) => row.join(",")).join("\r\n")}\r\n`;
}

function holds(found: unknown, { operator, value }: Condition, language: string): boolean {
  if (operator === "empty" || operator === "filled") return isEmpty(found) === (operator === "empty");
  if (isEmpty(found)) return operator === "<>";
  const [have, want] = [String(found), value].map((text) => text.toLocaleLowerCase(language).trim()) as [string, string];
  if (operator === "contains") return have.includes(want);
  if (operator === "begins") return have.startsWith(want);
  const asked = Number(want.replace(",", "."));
  const difference = typeof found === "number" && !Number.isNaN(asked) ? found - asked : new Intl.Collator(language, { numeric: true }).compare(have, want);
  return { "=": difference === 0, "<>": difference !== 0, "<": difference < 0, "<=": difference <= 0, ">": difference > 0, ">=": difference >= 0 }[operator];
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}

/** Quoted where it needs to be; what a spreadsheet would take for a formula is kept from being one. */
function cell(value: unknown): string {
  const text = isEmpty(value) ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
