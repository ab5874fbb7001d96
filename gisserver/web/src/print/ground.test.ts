import { describe, expect, it } from "vitest";
import { convergence, cornersOf, groundOf, placeOn, roundScale, type Sheet } from "./ground";

const SHEET: Sheet = { lon: 27.1428, lat: 38.4237, widthMm: 400, heightMm: 200, scale: 1000, rotation: 0 };
const MERIDIAN = 27;

describe("the ground under a sheet", () => {
  it("is as far across as the scale says", () => {
    const [left, right] = cornersOf({ ...SHEET, lon: MERIDIAN }, MERIDIAN);
    // A degree of longitude at this latitude is 87,335 m on the ellipsoid.
    expect((right![0] - left![0]) * 87_335).toBeCloseTo(400, 0);
  });

  it("turns with the sheet: what is up at 90 degrees lies in the east", () => {
    const [lon, lat] = placeOn({ ...SHEET, lon: MERIDIAN, rotation: 90 }, MERIDIAN, 0, 100);
    expect(lon).toBeGreaterThan(MERIDIAN + 0.001);
    expect(lat).toBeCloseTo(SHEET.lat, 6);
  });

  it("leans by the convergence away from the central meridian", () => {
    expect(convergence({ lon: 28, lat: 38.4237 }, MERIDIAN)).toBeCloseTo(0.6215, 3);
    expect(convergence({ lon: 27, lat: 38.4237 }, MERIDIAN)).toBe(0);
  });

  it("has a box around it, and around a series all that its sheets may reach", () => {
    const [west, south, east, north] = groundOf(SHEET, MERIDIAN, null);
    expect((east - west) * 87_335).toBeCloseTo(400, 0);
    expect(groundOf(SHEET, MERIDIAN, [27, 38, 28, 39])).toEqual([27 - (east - west), 38 - (north - south), 28 + (east - west), 39 + (north - south)]);
  });

  it("gets a round scale that fits into what is seen", () => {
    expect(roundScale(450, 400)).toBe(1000);
    expect(roundScale(5, 400)).toBe(100);
  });
});
