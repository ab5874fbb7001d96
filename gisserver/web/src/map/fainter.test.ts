import { expect, it } from "vitest";
import { fainter } from "./fainter";

it.each([
  ["nothing said", undefined, 0.5],
  ["a number", 0.6, 0.3],
  ["a value by zoom", ["interpolate", ["linear"], ["zoom"], 14, 0.4, 16, 1], ["interpolate", ["linear"], ["zoom"], 14, 0.2, 16, 0.5]],
  ["steps by zoom", ["step", ["zoom"], 0.2, 12, 0.8], ["step", ["zoom"], 0.1, 12, 0.4]],
  ["a value by field", ["get", "strength"], ["*", 0.5, ["get", "strength"]]],
])("makes %s half as strong", (_what, value, half) => {
  expect(fainter(value, 0.5)).toEqual(half);
});

it("leaves what is whole as it is", () => {
  expect(fainter(undefined, 1)).toBeUndefined();
});
