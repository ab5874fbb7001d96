import type { LayerSum, Sum } from "../../api";
import type { PoolLayer } from "../../pool_style";

export const AMOUNTS = ["count", "area_m2", "length_m"] as const;
export type Amount = (typeof AMOUNTS)[number];

const NOTHING: Sum = { count: 0, area_m2: 0, length_m: 0 };

/** A class of the legend, or everything where a layer has none. */
export interface Share {
  readonly title: string;
  readonly color: string;
  readonly sum: Sum;
  /** Of the whole, from 0 to 1. */
  readonly part: number;
}

/** The classes that there are, the largest first; values that the legend does not know together. */
export function sharesOf(layer: PoolLayer, total: LayerSum, amount: Amount, words: { readonly all: string; readonly others: string }): Share[] {
  const whole = total[amount];
  const share = (title: string, color: string, sum: Sum): Share => ({ title, color, sum, part: whole > 0 ? sum[amount] / whole : 0 });
  if (total.classes.length === 0) return [share(words.all, layer.swatch.color, total)];
  const rows = layer.legend.flatMap(({ key, title, color }) => {
    const found = total.classes.find((one) => one.key === key);
    return found === undefined ? [] : [share(title, color, found)];
  });
  const others = total.classes.filter(({ key }) => !layer.legend.some((row) => row.key === key));
  if (others.length > 0) rows.push(share(words.others, "#8a8f94", others.reduce<Sum>(added, NOTHING)));
  return rows.sort((one, other) => other.part - one.part);
}

/** What there is to measure of the layer: points have neither area nor length. */
export function amountsOf(total: Sum): readonly Amount[] {
  return AMOUNTS.filter((amount) => amount === "count" || total[amount] > 0);
}

function added(one: Sum, other: Sum): Sum {
  return { count: one.count + other.count, area_m2: one.area_m2 + other.area_m2, length_m: one.length_m + other.length_m };
}
