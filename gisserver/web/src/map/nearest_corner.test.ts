import type { Geometry } from "geojson";
import { expect, it } from "vitest";
import { nearestCorner } from "./nearest_corner";

const shapes: Geometry[] = [
  { type: "Polygon", coordinates: [[[0, 0], [10, 0], [10, 10], [0, 0]]] },
  { type: "MultiLineString", coordinates: [[[20, 20], [30, 30]]] },
];
const from = (x: number, y: number) => ([atX, atY]: [number, number]): number => Math.hypot(atX - x, atY - y);

it("is the nearest of all shapes", () => expect(nearestCorner(shapes, from(19, 20), 5)).toEqual([20, 20]));
it("is none where all are too far away", () => expect(nearestCorner(shapes, from(15, 5), 5)).toBeUndefined());
