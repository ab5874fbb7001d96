import { describe, expect, it } from "vitest";
import { edgeTowards } from "./edge_of_view";

const VIEW = { width: 400, height: 200 };

describe("the edge of a view", () => {
  it("points at what lies beyond it", () => {
    expect(edgeTowards({ x: 1000, y: 100 }, VIEW, 20)).toEqual({ x: 380, y: 100, degrees: 0 });
    expect(edgeTowards({ x: 200, y: 900 }, VIEW, 20)).toEqual({ x: 200, y: 180, degrees: 90 });
    expect(edgeTowards({ x: -600, y: -300 }, VIEW, 20)).toEqual({ x: 40, y: 20, degrees: expect.closeTo(-153.4, 1) as number });
  });

  it("says nothing of what is in view", () => {
    expect(edgeTowards({ x: 399, y: 1 }, VIEW, 20)).toBeNull();
  });
});
