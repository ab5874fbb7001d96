import type { Feature } from "geojson";
import type { Fields } from "./api";
import type { Chosen } from "./desk";
import { shownValue } from "./values";
import type { Words } from "./words";

/** Said at the foot of the card, or of no use to who reads it. */
const OF_THE_RECORD = new Set(["version", "epoch_from", "origin"]);

/** Title and value of each field in which something stands. */
export function facts(feature: Feature, fields: Fields, language: string, words: Words): [title: string, value: string][] {
  const own = Object.entries(fields).filter(([name]) => !OF_THE_RECORD.has(name));
  return own.flatMap(([name, field]): [string, string][] => {
    const shown = shownValue(feature.properties?.[name], field, language, words);
    return shown === null ? [] : [[field.title, shown]];
  });
}

/** What people call the feature. */
export function nameOf({ layer, feature }: Pick<Chosen, "layer" | "feature">): string {
  const properties = feature.properties ?? {};
  if (properties.block_no && properties.parcel_no) return `${properties.block_no}/${properties.parcel_no}`;
  return String(properties[layer.label] ?? properties.ref ?? layer.title);
}
