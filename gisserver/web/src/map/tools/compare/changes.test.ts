import type { Feature } from "geojson";
import { expect, it } from "vitest";
import { type Change, changesAddress, type Kind, sideOf } from "./changes";

const point = (lon: number): Feature => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, 38] }, properties: {} });
const change = (id: string, kind: Kind, before: Feature | null, after: Feature | null): Change => ({
  id,
  geometry: (after ?? before)!.geometry,
  properties: { change: kind, ref: id, changed: [], before, after },
});

it("draws on each map what there was at its moment", () => {
  const changes = [change("new", "added", null, point(1)), change("moved", "modified", point(2), point(3)), change("gone", "removed", point(4), null)];
  const drawn = (side: "before" | "after") => sideOf(changes, side).features.map(({ properties }) => properties?.["uid"]);
  expect([drawn("before"), drawn("after")]).toEqual([["moved", "gone"], ["new", "moved"]]);
});

it("asks between two publishes or days, and up to now by saying no end", () => {
  const asked = (from: string | null, to: string | null) => changesAddress("/c", from, to, null, "en");
  expect(asked("3", "2026-05-01")).toBe("/c?from=3&limit=100&lang=en&to=2026-05-01");
  expect(asked("3", null)).toBe("/c?from=3&limit=100&lang=en");
  expect([asked(null, "3"), asked("3", "3")]).toEqual([null, null]);
});
