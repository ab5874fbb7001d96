import type { Feature, FeatureCollection, Point } from "geojson";
import { describe, expect, it } from "vitest";
import type { Sides } from "../../box_around";
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

const HERE: Sides = [26, 37, 28, 39];

function pictures(title: string, named: string | null = null): OwnLayer {
  const tiles = { address: `/api/foreign/tile?${title}`, template: `https://example.org/${title}?BBOX={bbox}`, named, credit: "Survey" };
  return own({ layer: poolLayer(`own/${title}`, "own", { title }), features: [], drawn: [], tiles });
}

function features(title: string, count: number): OwnLayer {
  return own({ layer: poolLayer(`own/${title}`, "own", { title }), drawn: Array.from({ length: count }, () => feature) });
}

describe("what goes onto paper beside the pool", () => {
  it("is what was drawn, with its words, over what was opened, without its columns", () => {
    const { drawings } = drawnThings(drawing, [own({})], HERE);
    expect((drawings as FeatureCollection).features.map(({ properties }) => properties)).toEqual([
      { stroke: "#ffffff", "stroke-width": 2.5, fill: "#ffffff", "fill-opacity": 0.075 },
      { stroke: "#1d4ed8", label: "Öneri" },
    ]);
  });

  it("is nothing of a layer that is off, that the filter leaves out or that lies elsewhere", () => {
    expect(drawnThings([], [own({ isShown: false }), own({ drawn: [] })], HERE).drawings).toBeNull();
    expect(drawnThings([], [own({})], [28, 37, 29, 39]).drawings).toBeNull();
  });

  it("is pictures of other servers by their own address, each over the things that lie beneath it", () => {
    const { pictures: found } = drawnThings(drawing, [pictures("top"), features("points", 3), pictures("bottom")], HERE);
    const told = { credit: "Survey", opacity: 0.5 };
    expect(found).toEqual([
      { title: "bottom", address: "https://example.org/bottom?BBOX={bbox}", over: 0, ...told },
      { title: "top", address: "https://example.org/top?BBOX={bbox}", over: 3, ...told },
    ]);
  });

  it("is no vector tile, and no layer of more than a print takes, which is named", () => {
    const { drawings, pictures: found, left } = drawnThings(drawing, [features("few", 2), features("many", 5000), pictures("tiles", "roads")], HERE);
    expect((drawings as FeatureCollection).features.length).toBe(3);
    expect(found).toEqual([]);
    expect(left).toEqual(["many"]);
  });
});
