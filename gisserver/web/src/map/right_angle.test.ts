import { expect, it } from "vitest";
import { northPerEast, squared } from "./right_angle";

const [before, last] = [{ x: 0, y: 0 }, { x: 10, y: 0 }];

it.each([
  [{ x: 12, y: 7 }, { x: 10, y: 7 }],
  [{ x: 9, y: -30 }, { x: 10, y: -30 }],
  [{ x: 25, y: 4 }, { x: 25, y: 0 }],
])("puts a hand at %o onto the right angle", (hand, square) => {
  const found = squared(before, last, hand);
  expect(found.x).toBeCloseTo(square.x);
  expect(found.y).toBeCloseTo(square.y);
});

it("knows that degrees to the north are shorter near the equator", () => {
  expect(northPerEast(0)).toBeCloseTo(0.99331, 5);
  expect(northPerEast(90)).toBeCloseTo(1, 9);
});

it("leaves the hand alone where there is no side yet", () => expect(squared(last, last, { x: 3, y: 4 })).toEqual({ x: 3, y: 4 }));
