import type { Geometry, Position } from "geojson";

type Side = readonly [from: Position, to: Position];

/** True of an outline that was drawn across itself or back onto itself, in which nothing can lie. */
export function crossesItself(shape: Geometry): boolean {
  if (shape.type !== "Polygon") return false;
  const sides = shape.coordinates.flatMap(sidesOf);
  return sides.some((side, place) => sides.slice(place + 2).some((other) => !areNeighbours(side, other) && meet(side, other)));
}

function sidesOf(ring: readonly Position[]): Side[] {
  return ring.slice(1).map((corner, place): Side => [ring[place]!, corner]);
}

/** The last side of a ring ends where its first begins. */
function areNeighbours([first]: Side, [, last]: Side): boolean {
  return isSame(first, last);
}

function meet([a, b]: Side, [c, d]: Side): boolean {
  const [ofC, ofD, ofA, ofB] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (ofC * ofD < 0 && ofA * ofB < 0) return true;
  return (ofC === 0 && isBetween(a, b, c)) || (ofD === 0 && isBetween(a, b, d)) || (ofA === 0 && isBetween(c, d, a)) || (ofB === 0 && isBetween(c, d, b));
}

/** Left of the way from a to b, right of it, or on its line. */
function turn([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position, [cx = 0, cy = 0]: Position): number {
  return Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
}

function isBetween([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position, [x = 0, y = 0]: Position): boolean {
  return x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by);
}

function isSame([ax, ay]: Position, [bx, by]: Position): boolean {
  return ax === bx && ay === by;
}
