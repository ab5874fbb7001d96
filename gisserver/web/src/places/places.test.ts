import type { Geometry } from "geojson";
import { describe, expect, it } from "vitest";
import { boxAround, nextOf, numbersOf, outlinesOf, placesOf, type Place } from "./places";

function square(west: number): Geometry {
  return { type: "Polygon", coordinates: [[[west, 38], [west + 1, 38], [west + 1, 39], [west, 39], [west, 38]]] };
}

function place(number: number, west: number): Place {
  return { number, area: square(west) };
}

describe("the places where a file may lie", () => {
  it("keep the numbers of the list where one of them cannot be drawn", () => {
    document.body.innerHTML = `<ol><li data-number="1"></li><li data-number="2" data-area='${JSON.stringify(square(27))}'></li></ol>`;
    const cards = [...document.querySelectorAll<HTMLElement>("li")];
    expect(placesOf(cards)).toEqual([place(2, 27)]);
  });

  it("carry a number in their middle, and the chosen one's is on top", () => {
    const numbers = numbersOf([place(1, 27), place(2, 30)], 2).features;
    expect(numbers.map(({ geometry }) => geometry)).toEqual([
      { type: "Point", coordinates: [27.5, 38.5] },
      { type: "Point", coordinates: [30.5, 38.5] },
    ]);
    expect(numbers.map(({ properties }) => properties?.["is_chosen"])).toEqual([false, true]);
    expect(numbers[1]!.properties!["order"]).toBeGreaterThan(numbers[0]!.properties!["order"]);
  });

  it("are all in view at first", () => {
    expect(boxAround([place(1, 27), place(2, 30)], 0)).toEqual([27, 38, 31, 39]);
    expect(boxAround([], 100)).toBeNull();
  });

  it("are drawn under the number by which the list knows them", () => {
    expect(outlinesOf([place(2, 27)]).features[0]!.id).toBe(2);
  });

  it("each have their turn where several lie under one finger", () => {
    expect(nextOf([3, 1, 3], null)).toBe(1);
    expect(nextOf([3, 1], 1)).toBe(3);
    expect(nextOf([3, 1], 3)).toBe(1);
    expect(nextOf([], 1)).toBeUndefined();
  });
});
