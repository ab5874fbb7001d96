import { expect, it } from "vitest";
import { scaleAt, shownScale } from "./map_scale";

it("a zoom is a scale that depends on how far north one is", () => {
  expect(scaleAt(14, 0)).toBe(17_000);
  expect(scaleAt(14, 60)).toBe(8500);
  expect(shownScale(17_000, "tr")).toBe("1:17.000");
});
