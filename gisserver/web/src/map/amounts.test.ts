import { expect, it } from "vitest";
import { shownArea, shownCount, shownLength } from "./amounts";

it.each([
  [12.345, "12,35\u00a0m²"],
  [1234.4, "1.234\u00a0m²"],
  [123_456, "12,3\u00a0ha"],
  [123_456_789, "12.346\u00a0ha"],
])("writes an area of %d m² as %s", (area, written) => expect(shownArea(area, "tr")).toBe(written));

it.each([
  [9.876, "9.88\u00a0m"],
  [987.6, "988\u00a0m"],
  [12_345, "12.3\u00a0km"],
])("writes a length of %d m as %s", (length, written) => expect(shownLength(length, "en")).toBe(written));

it("separates thousands", () => expect(shownCount(2_000_000, "tr")).toBe("2.000.000"));
