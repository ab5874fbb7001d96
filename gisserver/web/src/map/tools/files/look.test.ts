import { describe, expect, it } from "vitest";
import { isTooLarge, setsOf } from "./look";

const file = (name: string, size = 1): File => Object.defineProperty(new File([], name), "size", { value: size });

describe("files that were let fall", () => {
  it("belong together where they have one name", () => {
    const sets = setsOf([file("a.shp"), file("b.dxf"), file("A.dbf"), file("a.shp.xml")]);
    expect(sets.map((set) => set.map(({ name }) => name))).toEqual([["a.shp", "A.dbf", "a.shp.xml"], ["b.dxf"]]);
  });

  it("are measured together before anything is sent", () => {
    expect(isTooLarge([file("a.shp", 20_000_000), file("a.dbf", 10_000_001)], 30)).toBe(true);
    expect(isTooLarge([file("a.shp", 30_000_000)], 30)).toBe(false);
  });
});
