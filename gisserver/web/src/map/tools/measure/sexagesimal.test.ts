import { expect, it } from "vitest";
import { sexagesimal } from "./sexagesimal";

it.each([
  [38.421869, "38° 25′ 18.73″"],
  [-0.5, "-0° 30′ 00.00″"],
  [26.9999999, "27° 00′ 00.00″"],
])("writes %d degrees as %s", (degrees, written) => expect(sexagesimal(degrees)).toBe(written));
