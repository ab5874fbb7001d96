import { expect, it } from "vitest";
import { crossesItself } from "./crossing";

const ring = (...corners: [number, number][]) => ({ type: "Polygon" as const, coordinates: [[...corners, corners[0]!]] });

it.each([
  ["a square", ring([0, 0], [1, 0], [1, 1], [0, 1]), false],
  ["a bow tie", ring([0, 0], [1, 1], [1, 0], [0, 1]), true],
  ["an outline that passes twice through one corner", ring([0, 0], [1, 1], [2, 2], [2, 0], [1, 1], [0, 2]), true],
  ["a corner that lies on another side", ring([0, 0], [4, 0], [4, 2], [2, 0], [0, 2]), true],
])("tells whether %s crosses itself", (_what, shape, crosses) => expect(crossesItself(shape)).toBe(crosses));
