import { dayWriter } from "./days";
import { isPublish } from "./moment";
import type { Words } from "./words";

/** One property of a collection's JSON schema, as far as the card reads it. */
export interface FieldSchema {
  readonly title: string;
  readonly type: string;
  readonly format?: string;
  /** True of what the pool works out itself. */
  readonly readOnly?: boolean;
  readonly "x-ogc-unitTitle"?: string;
  /** True where the pool keeps the order of the field, so that any number of features is sorted by it at once. */
  readonly "x-ogc-ordered"?: boolean;
  /** Values that have a name. */
  readonly "x-ogc-codes"?: readonly { readonly value: string | number; readonly title: string }[];
}

/** A value as people of that language write it; null where there is nothing to show. */
export function shownValue(value: unknown, field: FieldSchema, language: string, words: Words): string | null {
  if (value === null || value === undefined || value === "") return null;
  const named = field["x-ogc-codes"]?.find((code) => code.value === value);
  if (named !== undefined) return named.title;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (field.format === "date") return shownDate(String(value), language);
  if (field.type !== "number" && field.type !== "integer") return String(value);
  // Publishes and versions are numbered by the pool: such a number is a name, no amount.
  if (field.readOnly && field["x-ogc-unitTitle"] === undefined) return String(value);
  const number = Number(value);
  if (!Number.isFinite(number)) return String(value);
  return withUnit(shownNumber(number, field, language), field["x-ogc-unitTitle"]);
}

/** Four digits stay together, so that a year does not read as a quantity; areas always get separators. */
function shownNumber(value: number, field: FieldSchema, language: string): string {
  const useGrouping = field["x-ogc-unitTitle"] === undefined ? "min2" : "always";
  return new Intl.NumberFormat(language, { maximumFractionDigits: 3, useGrouping }).format(value);
}

/** A day, or the number of a publish. */
export function shownMoment(moment: string, language: string, words: Words): string {
  return isPublish(moment) ? words.publish(Number(moment)) : shownDate(moment, language);
}

function shownDate(value: string, language: string): string {
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return value;
  return dayWriter(language, { dateStyle: "long", timeZone: "UTC" }).format(day);
}

function withUnit(value: string, unit: string | undefined): string {
  return unit === undefined ? value : `${value}\u00a0${unit}`;
}
