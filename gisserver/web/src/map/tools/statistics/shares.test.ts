import { expect, it } from "vitest";
import type { LayerSum } from "../../api";
import { poolLayer } from "../../pool_layer.sample";
import { amountsOf, sharesOf } from "./shares";

const row = (key: string) => ({ key, title: key.toUpperCase(), color: "#123456", hatch: null });
const zones = poolLayer("zones", "plan", { legend_field: "use", legend: [row("park"), row("housing"), row("school")] });
const of = (key: string | null, count: number, area_m2: number) => ({ key, count, area_m2, length_m: 0 });
const sum = (...classes: ReturnType<typeof of>[]): LayerSum => ({
  id: "zones",
  is_cut: true,
  count: classes.reduce((all, { count }) => all + count, 0),
  area_m2: classes.reduce((all, { area_m2 }) => all + area_m2, 0),
  length_m: 0,
  classes,
});
const words = { all: "All", others: "Others" };

it("orders classes by what is asked of them, and leaves out those that are not there", () => {
  const total = sum(of("park", 9, 100), of("housing", 1, 300));
  const told = (amount: "count" | "area_m2") => sharesOf(zones, total, amount, words).map(({ title, part }) => [title, part]);
  expect(told("count")).toEqual([["PARK", 0.9], ["HOUSING", 0.1]]);
  expect(told("area_m2")).toEqual([["HOUSING", 0.75], ["PARK", 0.25]]);
});

it("puts values that the legend does not know together, so that all parts make the whole", () => {
  const shares = sharesOf(zones, sum(of("park", 1, 50), of("moon", 1, 30), of(null, 2, 20)), "area_m2", words);
  expect(shares.map(({ title, part }) => [title, part])).toEqual([["PARK", 0.5], ["Others", 0.5]]);
});

it("tells a layer without classes, or with nothing in it, as a whole", () => {
  expect(sharesOf(zones, { ...sum(), count: 0 }, "area_m2", words)).toMatchObject([{ title: "All", part: 0 }]);
  expect(amountsOf({ count: 3, area_m2: 0, length_m: 12 })).toEqual(["count", "length_m"]);
});
