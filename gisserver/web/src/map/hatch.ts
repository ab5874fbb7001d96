/** A square of RGBA pixels that repeats without a seam. */
export interface Pattern {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

export const SIDE = 16;
const HALF_STROKE = 1.1;

/** Draw the hatch that a style names `hatch/{direction}/{colour}`; null for any other name. */
export function hatchNamed(name: string): Pattern | null {
  const match = /^hatch\/([0-3])\/#([0-9a-f]{6})$/i.exec(name);
  if (match === null) return null;
  const direction = Number(match[1]);
  const color = Number.parseInt(match[2] ?? "", 16);
  const data = new Uint8ClampedArray(SIDE * SIDE * 4);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      data.set([color >> 16, (color >> 8) & 255, color & 255, 255 * ink(direction, x, y)], (y * SIDE + x) * 4);
    }
  }
  return { width: SIDE, height: SIDE, data };
}

/** How much of the pixel the strokes cover: 0 rising, 1 falling, 2 crossed, 3 level. */
function ink(direction: number, x: number, y: number): number {
  const rising = coverage(x + y + 1, Math.SQRT2);
  const falling = coverage(x - y, Math.SQRT2);
  switch (direction) {
    case 0:
      return rising;
    case 1:
      return falling;
    case 2:
      return Math.max(rising, falling);
    default:
      return coverage(2 * y + 1, 2);
  }
}

/** Softens the edge by the distance between the pixel's centre and the nearest stroke. */
function coverage(across: number, slope: number): number {
  const beyond = ((across % SIDE) + SIDE) % SIDE;
  const distance = Math.min(beyond, SIDE - beyond) / slope;
  return Math.min(1, Math.max(0, HALF_STROKE + 0.5 - distance));
}
