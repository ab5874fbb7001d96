import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Desk } from "../../desk";
import type { Drawn } from "../../pen";
import { Extents } from "./extents";

const area = (east: number): Drawn => ({ type: "Feature", geometry: { type: "Polygon", coordinates: [[[27, 38], [east, 38], [east, 39], [27, 38]]] }, properties: { mode: "polygon" } });
const line: Drawn = { type: "Feature", geometry: { type: "LineString", coordinates: [[27, 38], [28, 38]] }, properties: { mode: "linestring" } };
const point: Drawn = { type: "Feature", geometry: { type: "Point", coordinates: [27, 38] }, properties: { mode: "point" } };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("sums ground of areas and length of lines, and says which areas it cannot", async () => {
  const asked = vi.fn(async () => [{ length_m: 60, area_m2: 200 }, { length_m: 9, area_m2: null }, { length_m: 340, area_m2: 0 }]);
  const extents = new Extents({ language: "en", api: { extents: asked } } as unknown as Desk, () => {});
  const all = [area(28), area(29), line, point];
  expect(extents.sumOf(all)).toBe("4");
  extents.ask(all);
  await vi.runAllTimersAsync();
  expect(extents.sumOf(all)).toBe("4 · 200\u00a0m² · 340\u00a0m · 1 area crosses itself and is not in the sum");
  expect([extents.of(area(28)), extents.of(point)]).toEqual(["200\u00a0m²", ""]);
  extents.ask(all);
  await vi.runAllTimersAsync();
  expect(asked).toHaveBeenCalledTimes(1);
});

it("says how many there are where the service does not answer", async () => {
  const extents = new Extents({ language: "en", api: { extents: () => Promise.reject(new TypeError("away")) } } as unknown as Desk, () => {});
  extents.ask([line]);
  await vi.runAllTimersAsync();
  expect(extents.sumOf([line])).toBe("1");
});
