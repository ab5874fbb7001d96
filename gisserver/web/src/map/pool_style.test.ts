import { describe, expect, it } from "vitest";
import type { StyleSpecification } from "maplibre-gl";
import { atEpoch, type PoolLayer, shownLayers, visibleParts } from "./pool_style";

const layers = [
  { id: "parcels", is_shown_at_first: true },
  { id: "plans", is_shown_at_first: false },
] as PoolLayer[];

describe("which layers are on", () => {
  it("is the style's choice where the address says nothing", () => {
    expect([...shownLayers(layers, null)]).toEqual(["parcels"]);
  });
  it("is the address's choice where it names layers", () => {
    expect([...shownLayers(layers, ["plans"])]).toEqual(["plans"]);
    expect([...shownLayers(layers, [])]).toEqual([]);
  });
  it("ignores a layer that this reader does not have", () => {
    expect([...shownLayers(layers, ["sewer_lines"])]).toEqual([]);
  });
});

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

describe("a tile address", () => {
  it("follows the publish", () => expect(atEpoch("/tiles/a/{z}/{x}/{y}?v=9", 10)).toBe("/tiles/a/{z}/{x}/{y}?v=10"));
});
