import { describe, expect, it } from "vitest";
import { atEpoch, type PoolLayer, shownLayers } from "./pool_style";

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

describe("a tile address", () => {
  it("follows the publish", () => expect(atEpoch("/tiles/a/{z}/{x}/{y}?v=9", 10)).toBe("/tiles/a/{z}/{x}/{y}?v=10"));
});
