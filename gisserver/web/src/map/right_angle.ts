export interface Spot {
  readonly x: number;
  readonly y: number;
}

const ECCENTRICITY_SQUARED = 0.00669438;

/** How much shorter a pixel is to the north than to the east: the web map draws the ellipsoid as if it were a sphere. */
export function northPerEast(lat: number): number {
  return (1 - ECCENTRICITY_SQUARED) / (1 - ECCENTRICITY_SQUARED * Math.sin((lat * Math.PI) / 180) ** 2);
}

/** The spot nearest to the hand that goes on from the last side straight, back or at a right angle; in a plane whose two axes have one measure. */
export function squared(before: Spot, last: Spot, hand: Spot): Spot {
  const [alongX, alongY] = [last.x - before.x, last.y - before.y];
  const [toX, toY] = [hand.x - last.x, hand.y - last.y];
  const squareOfSide = alongX ** 2 + alongY ** 2;
  if (squareOfSide === 0) return hand;
  const ahead = (toX * alongX + toY * alongY) / squareOfSide;
  const aside = (toY * alongX - toX * alongY) / squareOfSide;
  return Math.abs(ahead) > Math.abs(aside)
    ? { x: last.x + ahead * alongX, y: last.y + ahead * alongY }
    : { x: last.x - aside * alongY, y: last.y + aside * alongX };
}
