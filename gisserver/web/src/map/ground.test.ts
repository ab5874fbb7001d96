import { describe, expect, it } from "vitest";
import { Ground } from "./ground";

const PLACE = { zoom: 15, lat: 38.4, lon: 27.1 };

describe("the ground of a picture", () => {
  it("has its place in the middle", () => {
    const [lon, lat] = new Ground(PLACE, 800, 600).degrees(400, 300);
    expect(lon).toBeCloseTo(27.1, 9);
    expect(lat).toBeCloseTo(38.4, 9);
  });

  it("is as wide as its pixels are at that zoom", () => {
    const [west, , east] = new Ground(PLACE, 512, 512).box;
    expect(east - west).toBeCloseTo(360 / 2 ** 15, 9);
  });

  it("around a box shows all of it, and touches two of its sides", () => {
    const asked = [27, 38, 28, 39] as const;
    const [west, south, east, north] = Ground.of(asked, 800, 400).box;
    expect(south).toBeCloseTo(38, 6);
    expect(north).toBeCloseTo(39, 6);
    expect(west).toBeLessThan(27);
    expect(east).toBeGreaterThan(28);
  });

  it("moved by a half begins where the middle was", () => {
    const before = new Ground(PLACE, 800, 600);
    const after = before.moved(0.5, 0.5);
    expect(after.box[0]).toBeCloseTo(27.1, 9);
    expect(after.box[1]).toBeCloseTo(38.4, 9);
  });

  it("nearer by one shows half as much around the same middle", () => {
    const nearer = new Ground(PLACE, 800, 600).moved(0, 0, 1);
    expect(nearer.place).toMatchObject({ zoom: 16 });
    expect(nearer.box[2] - nearer.box[0]).toBeCloseTo((800 / 512) * (360 / 2 ** 16), 9);
  });
});
