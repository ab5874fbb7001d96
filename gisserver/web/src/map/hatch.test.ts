import { describe, expect, it } from "vitest";
import { hatchNamed, SIDE } from "./hatch";

describe("a hatch", () => {
  it("has the colour of its name", () => {
    expect([...(hatchNamed("hatch/0/#4B0082")?.data.slice(0, 3) ?? [])]).toEqual([0x4b, 0x00, 0x82]);
  });

  it.each([0, 1, 2, 3])("leaves more than half of the ground open, direction %i", (direction) => {
    const data = hatchNamed(`hatch/${direction}/#ff0000`)?.data ?? new Uint8ClampedArray();
    const inked = data.filter((_, index) => index % 4 === 3).reduce((sum, opacity) => sum + opacity / 255, 0);
    expect(inked).toBeGreaterThan(SIDE);
    expect(inked).toBeLessThan((SIDE * SIDE) / 2);
  });

  it.each([0, 1])("meets itself at the seam, direction %i", (direction) => {
    const data = hatchNamed(`hatch/${direction}/#ff0000`)?.data;
    const step = direction === 0 ? -1 : 1;
    const row = (y: number, shift: number): (number | undefined)[] =>
      Array.from({ length: SIDE }, (_, x) => data?.[(y * SIDE + ((x + shift + SIDE) % SIDE)) * 4 + 3]);
    for (let y = 0; y < SIDE; y++) expect(row((y + 1) % SIDE, step)).toEqual(row(y, 0));
  });

  it("differs by direction and not by colour alone", () => {
    const pictures = [0, 1, 2, 3].map((direction) => String(hatchNamed(`hatch/${direction}/#ff0000`)?.data));
    expect(new Set(pictures).size).toBe(4);
  });

  it.each(["marker", "hatch/4/#ff0000", "hatch/0/red", "hatch/0/#ff00001"])("is not called %j", (name) => {
    expect(hatchNamed(name)).toBeNull();
  });
});
