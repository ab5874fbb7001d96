import { beforeEach, describe, expect, it } from "vitest";
import type { Drawn, Unfinished } from "../../pen";
import { type Draft, draftOf, inHandOf, keepDraft, keepInHand, movedTo } from "./draft";

const point: Drawn = { type: "Feature", geometry: { type: "Point", coordinates: [27, 38] }, properties: { mode: "point", label: "" } };
const shared = { view: "v1", edit: "e1", version: 3, isSent: true };

describe("a drawing kept in the browser", () => {
  beforeEach(() => localStorage.clear());

  it("is found from when drawings could not be shared", () => {
    localStorage.setItem("map-drawing", JSON.stringify([point]));
    expect(draftOf(null)).toEqual({ features: [point], groups: [], shared: null });
  });

  it("is found from when shapes had no groups", () => {
    localStorage.setItem("map-drawing", JSON.stringify({ features: [point], shared }));
    expect(draftOf(null)).toEqual({ features: [point], groups: [], shared });
  });

  it("is one's own also under the code under which it was shared", () => {
    const draft: Draft = { features: [point], groups: [], shared };
    keepDraft(null, draft);
    expect(draftOf("v1")).toEqual(draft);
  });

  it("of another's link stays beside one's own", () => {
    keepDraft(null, { features: [point], groups: [], shared: null });
    keepDraft("v1", { features: [], groups: [], shared });
    expect(draftOf(null).features).toHaveLength(1);
    expect(draftOf("v1")).toEqual({ features: [], groups: [], shared });
  });

  it("moves to its own code when it was drawn beside another's", () => {
    const unfinished: Unfinished = { stroke: "polygon", corners: [[27, 38], [27.1, 38]] };
    keepDraft("theirs", { features: [point], groups: [], shared: null });
    keepInHand("theirs", unfinished);
    expect(movedTo("v2", "theirs")).toBe("v2");
    expect([draftOf("v2").features, inHandOf("v2")]).toEqual([[point], unfinished]);
    expect([draftOf("theirs").features, inHandOf("theirs")]).toEqual([[], null]);
  });

  it.each([null, "one,another"])("stays where one's own is (%s)", (code) => {
    keepDraft(null, { features: [point], groups: [], shared: null });
    expect(movedTo("v2", code)).toBe(code);
    expect(draftOf(null).features).toEqual([point]);
  });

  it("keeps a half-drawn shape until it is finished or given up", () => {
    const unfinished: Unfinished = { stroke: "polygon", corners: [[27, 38], [27.1, 38]] };
    keepInHand(null, unfinished);
    expect([inHandOf(null), inHandOf("v1")]).toEqual([unfinished, null]);
    keepInHand(null, { stroke: "polygon", corners: [] });
    expect(inHandOf(null)).toBeNull();
  });

  it("is none where the browser keeps nonsense", () => {
    localStorage.setItem("map-drawing", "{");
    expect(draftOf(null)).toEqual({ features: [], groups: [], shared: null });
  });
});
