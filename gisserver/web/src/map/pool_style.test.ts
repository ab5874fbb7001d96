import { describe, expect, it } from "vitest";
import type { StyleSpecification } from "maplibre-gl";
import { atEpoch, atMoment, partsInOrder, sourceOf, visibleParts } from "./pool_style";

describe("the numbers of an area", () => {
  const part = (layer: string, name: string, more: Record<string, unknown> = {}): unknown => ({
    id: `${layer}/${name}`,
    metadata: { "pool:layer": layer, ...more },
  });
  const number = { "pool:level": "by_district", "pool:for_one": true };
  const style = {
    layers: [
      { id: "background" },
      part("parcels", "border"),
      part("parcels", "number", { "pool:level": "by_district" }),
      part("roads", "line"),
      part("roads", "number", number),
      part("pipes", "number", number),
    ],
  } as StyleSpecification;
  const seen = (...layers: string[]): string[] => [...visibleParts(style, new Set(layers))];

  it("are shown of a layer that is on alone", () => expect(seen("roads")).toEqual(["roads/line", "roads/number"]));
  it("are not shown where two layers would write at the same place", () => {
    expect(seen("roads", "pipes")).toEqual(["roads/line"]);
  });
  it("are always shown of a layer that says so", () => {
    expect(seen("parcels", "roads")).toEqual(["parcels/border", "parcels/number", "roads/line"]);
  });
});

describe("the source of a style layer", () => {
  const style = { layers: [{ id: "background", type: "background" }, { id: "parcels/border", type: "line", source: "pool" }] } as StyleSpecification;

  it("is what the style says", () => expect(sourceOf(style, "parcels/border")).toBe("pool"));
  it("is none for what has none", () => expect(sourceOf(style, "background")).toBe(""));
});

describe("a tile address", () => {
  it("follows the publish", () => expect(atEpoch("/tiles/a/{z}/{x}/{y}?v=9", 10)).toBe("/tiles/a/{z}/{x}/{y}?v=10"));
});

describe("the order of layers", () => {
  const part = (layer: string, name: string, band: number): unknown => ({
    id: `${layer}/${name}`,
    metadata: { "pool:layer": layer, "pool:band": band },
  });
  const style = {
    layers: [part("zones", "ground", 0), part("plans", "ground", 0), part("zones", "line", 2), part("plans", "line", 2)],
  } as StyleSpecification;

  it("is the reader's within a band, and never puts an area over a line", () => {
    expect(partsInOrder(style, ["zones", "plans"])).toEqual(["plans/ground", "zones/ground", "plans/line", "zones/line"]);
    expect(partsInOrder(style, ["plans", "zones"])).toEqual(["zones/ground", "plans/ground", "zones/line", "plans/line"]);
  });
});

it("asks for tiles as of a day or a publish, and for those of now again", () => {
  const then = atMoment("/tiles/zones/z/x/y?v=7", "2026-05-01");
  expect(then).toBe("/tiles/zones/z/x/y?v=7&datetime=2026-05-01");
  expect(atMoment(then, "3")).toBe("/tiles/zones/z/x/y?v=7&epoch=3");
  expect(atMoment(then, null)).toBe("/tiles/zones/z/x/y?v=7");
});
