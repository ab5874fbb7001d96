import type { Feature } from "geojson";
import { describe, expect, it } from "vitest";
import { clippedAt, nextChange, refOf, sideOf } from "./sides";

function side(id: number, name: string): Feature {
  return { type: "Feature", id, geometry: { type: "Point", coordinates: [27, 38] }, properties: { side: name, ref: `w-${id}` } };
}

describe("the two sides of changes", () => {
  it("gives each map its own side", () => {
    const shapes = { type: "FeatureCollection" as const, features: [side(1, "before"), side(1, "after"), side(2, "after")] };
    expect(sideOf(shapes, "before").features.map(({ id }) => id)).toEqual([1]);
    expect(sideOf(shapes, "after").features.map(({ id }) => id)).toEqual([1, 2]);
  });

  it("keeps the edge within the map", () => {
    expect([clippedAt(30), clippedAt(-5), clippedAt(140)]).toEqual(["inset(0 0 0 30%)", "inset(0 0 0 0%)", "inset(0 0 0 100%)"]);
  });

  it("reaches with each click what lies below, and begins again", () => {
    expect(nextChange([4, 4, 7], null)).toBe(4);
    expect(nextChange([4, 4, 7], 4)).toBe(7);
    expect(nextChange([4, 7], 7)).toBe(4);
    expect(nextChange([], 7)).toBeUndefined();
  });

  it("knows the name of what is drawn", () => {
    expect(refOf([side(3, "before")])).toBe("w-3");
    expect(refOf([])).toBe("");
  });
});
