import { describe, expect, it } from "vitest";
import { atNight } from "./night";

const lightness = (hex: string): number => {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  return (Math.max(...parts) + Math.min(...parts)) / 2;
};

describe("the map at night", () => {
  it("makes light what was dark and dark what was light", () => {
    expect(lightness(String(atNight("#ffffff")))).toBeCloseTo(0.08, 2);
    expect(lightness(String(atNight("#000000")))).toBeCloseTo(0.92, 2);
    expect(lightness(String(atNight("#17212b")))).toBeGreaterThan(0.75);
  });

  it("keeps the hue", () => {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(String(atNight("#7a1414")).slice(at, at + 2), 16));
    expect(red).toBeGreaterThan(green!);
    expect(green).toBe(blue);
  });

  it("keeps the classes of a legend, and what is no colour", () => {
    const classes = ["match", ["get", "kind"], "park", "#00ff00", "#999999"];
    expect(atNight(classes)).toEqual(classes);
    expect(atNight("transparent")).toBe("transparent");
    expect(atNight(0.5)).toBe(0.5);
  });

  it("reaches the colours of an expression", () => {
    expect(atNight(["interpolate", ["linear"], ["zoom"], 10, "#ffffff", 16, "#000000"])).toEqual([
      "interpolate", ["linear"], ["zoom"], 10, atNight("#ffffff"), 16, atNight("#000000"),
    ]);
  });
});
