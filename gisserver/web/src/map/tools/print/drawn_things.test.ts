import type { Feature, Point } from "geojson";
import { describe, expect, it } from "vitest";
import type { OwnLayer } from "../../own_layers";
import type { Drawn } from "../../pen";
import { poolLayer } from "../../pool_layer.sample";
import { drawnThings } from "./drawn_things";

const geometry: Point = { type: "Point", coordinates: [27, 38] };
const feature: Feature = { type: "Feature", geometry, properties: { owner: "somebody" } };
const drawing: Drawn[] = [{ type: "Feature", geometry, properties: { mode: "point", label: "Öneri" } }];

function own(more: Partial<OwnLayer>): OwnLayer {
  return { layer: poolLayer("own/1", "own"), fields: {}, features: [feature], drawn: [feature], count: 1, tiles: null, added: null, isShown: true, opacity: 0.5, ...more };
}

describe("what goes onto paper beside the pool", () => {
  it("is what was drawn, with its words, over what was opened, without its columns", () => {
    const things = drawnThings(drawing, [own({})])?.features.map(({ properties }) => properties);
    expect(things).toEqual([
      { stroke: "#ffffff", "stroke-width": 2.5, fill: "#ffffff", "fill-opacity": 0.075 },
      { stroke: "#1d4ed8", label: "Öneri" },
    ]);
  });

  it("is nothing of a layer that is off, or that the filter leaves out", () => {
    expect(drawnThings([], [own({ isShown: false }), own({ drawn: [] })])).toBeNull();
  });
});
