import { describe, expect, it } from "vitest";
import { type FieldSchema, shownValue } from "./values";
import { wordsIn } from "./words";

const area: FieldSchema = { title: "Area", type: "number", "x-ogc-unitTitle": "m²" };
const year: FieldSchema = { title: "Built", type: "integer" };
const day: FieldSchema = { title: "Approved", type: "string", format: "date" };
const text: FieldSchema = { title: "Name", type: "string" };

function shown(value: unknown, field: FieldSchema, language = "tr"): string | null {
  return shownValue(value, field, language, wordsIn(language));
}

describe("a value on the card", () => {
  it("has the separators of the reader's language and its unit", () => {
    expect(shown(1234.5, area)).toBe("1.234,5\u00a0m²");
    expect(shown(1234.5, area, "en")).toBe("1,234.5\u00a0m²");
  });

  it("does not dress a year up as a quantity", () => expect(shown(1985, year)).toBe("1985"));
  it("groups a population", () => expect(shown(301234, year)).toBe("301.234"));
  it("keeps the number of a publish together", () => expect(shown(31004, { ...year, readOnly: true })).toBe("31004"));
  it("takes a decimal that came as text", () => expect(shown("12.50", area)).toBe("12,5\u00a0m²"));
  it("writes a day out", () => expect(shown("2024-03-09", day)).toBe("9 Mart 2024"));
  it("puts the day before the month in English, as the pages do", () => expect(shown("2024-03-09", day, "en")).toBe("9 March 2024"));
  it("leaves what is no day as it came", () => expect(shown("spring", day)).toBe("spring"));
  it("says the name of a code", () => {
    const district: FieldSchema = { title: "District", type: "integer", "x-ogc-codes": [{ value: 1448, title: "Karabağlar" }] };
    expect(shown(1448, district)).toBe("Karabağlar");
    expect(shown(1449, district)).toBe("1449");
  });
  it("leaves codes as they are", () => expect(shown("012-A", text)).toBe("012-A"));
  it("keeps a zero, for zero is not nothing", () => expect(shown(0, area)).toBe("0\u00a0m²"));
  it.each([null, undefined, ""])("is not shown where there is none: %j", (value) => expect(shown(value, text)).toBeNull());
  it("says yes and no in words", () => expect(shown(false, { title: "", type: "boolean" })).toBe("hayır"));
});
