import type { Feature } from "geojson";
import { describe, expect, it } from "vitest";
import { csvOf, matching, sorted } from "./own_rows";

function rows(...values: unknown[]): Feature[] {
  return values.map((a) => ({ type: "Feature", geometry: { type: "Point", coordinates: [27, 38] }, properties: { a } }));
}

const valuesOf = (features: readonly Feature[]): unknown[] => features.map(({ properties }) => properties?.["a"] as unknown);

describe("rows of an opened file", () => {
  it("are filtered as people of that language write letters", () => {
    const found = matching(rows("Ihlamur", "İğde", "Çam"), { field: "a", operator: "begins", value: "ı" }, "tr");
    expect(valuesOf(found)).toEqual(["Ihlamur"]);
  });

  it("are compared as numbers where they are numbers", () => {
    const found = matching(rows(9, 10, null), { field: "a", operator: ">", value: "9,5" }, "tr");
    expect(valuesOf(found)).toEqual([10]);
  });

  it("are all there while nothing is asked", () => {
    expect(matching(rows(1, 2), { field: "a", operator: "=", value: " " }, "tr")).toHaveLength(2);
    expect(valuesOf(matching(rows(1, null, ""), { field: "a", operator: "empty", value: "" }, "tr"))).toEqual([null, ""]);
  });

  it("are sorted with what is missing at the end, whichever way", () => {
    expect(valuesOf(sorted(rows("b10", null, "b2"), "a", "tr"))).toEqual(["b2", "b10", null]);
    expect(valuesOf(sorted(rows(1, null, 3), "-a", "tr"))).toEqual([3, 1, null]);
  });

  it("are written so that a spreadsheet runs nothing", () => {
    const fields = { a: { title: "a", type: "string" } };
    expect(csvOf(rows('=cmd("x")', "x,y", -5), fields)).toBe('\ufeffa\r\n"\'=cmd(""x"")"\r\n"x,y"\r\n-5\r\n');
  });
});
