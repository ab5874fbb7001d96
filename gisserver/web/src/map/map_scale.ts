const EQUATOR_M = 40_075_016.7;
const TILE_PX = 512;
/** A pixel as the standards of web maps count it. */
const PIXEL_M = 0.00028;

/** The denominator of the scale at a zoom, to two digits: what people read as 1:25,000. */
export function scaleAt(zoom: number, lat: number): number {
  const metresPerPixel = (EQUATOR_M * Math.cos((lat * Math.PI) / 180)) / (TILE_PX * 2 ** zoom);
  return Number((metresPerPixel / PIXEL_M).toPrecision(2));
}

export function shownScale(denominator: number, language: string): string {
  return `1:${new Intl.NumberFormat(language).format(denominator)}`;
}
