import { describe, expect, it } from "vitest";
import { allOf, conditionText, meets, operatorsFor, type Operator } from "./cql";

const text = { title: "Name", type: "string" };
const number = { title: "Area", type: "number" };
const day = { title: "Since", type: "string", format: "date" };
const kind = { title: "Use", type: "string", "x-ogc-codes": [{ value: "park", title: "Park" }] };

const said = (operator: Operator, value: string, schema = text): string | null => conditionText({ field: "a", operator, value }, schema);

describe("a condition", () => {
  it.each([
    ["a text with an apostrophe", said("=", "D'Artagnan"), "a = 'D''Artagnan'"],
    ["a part of a text, however it is spelt", said("contains", "50%_"), "CASEI(a) LIKE CASEI('%50\\%\\_%')"],
    ["a number with a comma", said(">=", "1250,5", number), "a >= 1250.5"],
    ["a day", said("<", "2026-05-01", day), "a < DATE('2026-05-01')"],
    ["nothing there", said("empty", ""), "a IS NULL"],
    ["a number that is none", said("=", "wide", number), null],
    ["a value that is still missing", said("contains", ""), null],
  ])("says %s", (_what, written, expected) => expect(written).toBe(expected));

  it("asks of a code whether it is that one, not whether it is larger", () => {
    expect(operatorsFor(kind)).toEqual(["=", "<>", "empty", "filled"]);
  });
});

it("joins conditions and leaves out empty ones", () => {
  expect(allOf(["a = 1", "", "b = 2 OR c = 3"])).toBe("(a = 1) AND (b = 2 OR c = 3)");
  expect(allOf(["a = 1"])).toBe("a = 1");
  expect(allOf([])).toBe("");
});

it("writes a shape to a centimetre", () => {
  const ring = [[27.123456789, 38], [27.2, 38], [27.2, 38.1], [27.123456789, 38]];
  expect(meets({ type: "MultiPolygon", coordinates: [[ring]] })).toBe(
    "S_INTERSECTS(geom, POLYGON((27.1234568 38,27.2 38,27.2 38.1,27.1234568 38)))",
  );
});
