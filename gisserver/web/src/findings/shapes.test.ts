import type { Feature, FeatureCollection } from "geojson";
import { describe, expect, it } from "vitest";
import { boxOf, boxOfRepair, marksOf, withParameters } from "./shapes";

function feature(geometry: Feature["geometry"] | null, properties: Record<string, unknown> = {}): Feature {
  return { type: "Feature", id: 7, geometry, properties } as Feature;
}

describe("the shapes of findings", () => {
  it("adds to an address what it does not say yet, and replaces what it says", () => {
    expect(withParameters("/api/x?f=geojson&id=1", { id: "2", bbox: "1,2" })).toBe("/api/x?f=geojson&id=2&bbox=1%2C2");
  });

  it("marks every finding that has a place, and no other", () => {
    const findings: FeatureCollection = {
      type: "FeatureCollection",
      features: [feature(null, { place: [27, 38] }), feature(null, { place: null })],
    };
    expect(marksOf(findings).features.map(({ id, geometry }) => [id, geometry])).toEqual([
      [7, { type: "Point", coordinates: [27, 38] }],
    ]);
  });

  it("goes to the whole of a shape, whatever it is made of", () => {
    const line = { type: "LineString" as const, coordinates: [[27, 38], [27.1, 38.2]] };
    const ring = [[[27, 38], [27.2, 38], [27.2, 38.1], [27, 38]]];
    expect(boxOf(feature(line), 0)).toEqual([27, 38, 27.1, 38.2]);
    expect(boxOf(feature({ type: "MultiPolygon", coordinates: [ring] }), 0)).toEqual([27, 38, 27.2, 38.1]);
    const both = { type: "GeometryCollection" as const, geometries: [line, { type: "Point" as const, coordinates: [28, 37] }] };
    expect(boxOf(feature(both), 0)).toEqual([27, 37, 28, 38.2]);
  });

  it("leaves room around a shape that is too small to be seen alone", () => {
    const [west, south, east, north] = boxOf(feature({ type: "Point", coordinates: [27, 38] }), 111.32)!;
    expect(east - west).toBeCloseTo(0.001);
    expect(north - south).toBeCloseTo(0.001);
  });

  it("comes as near to a repair as its corner moves, and never nearer than a few steps", () => {
    const sides = (moved_m: number) => ({ type: "FeatureCollection" as const, features: [feature(null, { place: [27, 38], moved_m })] });
    const width = (moved_m: number) => { const [west, , east] = boxOfRepair(sides(moved_m))!; return east - west; };
    expect(width(0.01)).toBeCloseTo(4 / 111_320);
    expect(width(15)).toBeCloseTo(60 / 111_320);
    expect(boxOfRepair({ type: "FeatureCollection", features: [] })).toBeNull();
  });

  it("goes nowhere for a finding without a shape", () => {
    expect(boxOf(feature(null), 30)).toBeNull();
  });
});
