import type { Sides } from "../map/box_around";

/** Where a sheet lies: its middle in degrees, its measures on paper, its scale and the direction that is up on it. */
export interface Sheet {
  readonly lon: number;
  readonly lat: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly scale: number;
  /** Degrees from grid north, clockwise. */
  readonly rotation: number;
}

export type LonLat = readonly [lon: number, lat: number];

/** GRS 80, which TUREF and ETRS stand on; WGS 84 differs by a tenth of a millimetre. */
const AXIS_M = 6_378_137;
const ECCENTRICITY_2 = 0.006_694_380_022_9;
const RADIANS = Math.PI / 180;

/** From the upper left clockwise; exact to a millimetre of paper up to sheets of some kilometres. */
export function cornersOf(sheet: Sheet, meridian: number): LonLat[] {
  const [x, y] = [sheet.widthMm / 2, sheet.heightMm / 2];
  return [placeOn(sheet, meridian, -x, y), placeOn(sheet, meridian, x, y), placeOn(sheet, meridian, x, -y), placeOn(sheet, meridian, -x, -y)];
}

/** The box around a sheet; around a series over a box, of which the outer sheets reach beyond it by less than their size. */
export function groundOf(sheet: Sheet, meridian: number, series: Sides | null): Sides {
  const corners = cornersOf(sheet, meridian);
  const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
  const [west, south, east, north] = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  if (series === null) return [west, south, east, north];
  const [wide, high] = [east - west, north - south];
  return [series[0] - wide, series[1] - high, series[2] + wide, series[3] + high];
}

/** The place of a point of the paper, in millimetres to the right of and above its middle. */
export function placeOn(sheet: Sheet, meridian: number, right: number, up: number): LonLat {
  const turn = (sheet.rotation + convergence(sheet, meridian)) * RADIANS;
  const [across, along] = [(right * sheet.scale) / 1000, (up * sheet.scale) / 1000];
  const east = across * Math.cos(turn) + along * Math.sin(turn);
  const north = along * Math.cos(turn) - across * Math.sin(turn);
  const sine = Math.sin(sheet.lat * RADIANS);
  const root = Math.sqrt(1 - ECCENTRICITY_2 * sine * sine);
  const [acrossM, alongM] = [AXIS_M / root, (AXIS_M * (1 - ECCENTRICITY_2)) / root ** 3];
  return [sheet.lon + east / (acrossM * Math.cos(sheet.lat * RADIANS) * RADIANS), sheet.lat + north / (alongM * RADIANS)];
}

/** By how much grid north lies east of true north. */
export function convergence({ lon, lat }: Pick<Sheet, "lon" | "lat">, meridian: number): number {
  return (lon - meridian) * Math.sin(lat * RADIANS);
}

const ROUND = [100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 20_000, 25_000, 50_000, 100_000, 200_000, 500_000, 1_000_000];

/** The largest round scale at which the paper covers no more than `metres` of ground across. */
export function roundScale(metres: number, widthMm: number): number {
  const wanted = (metres * 1000) / widthMm;
  return ROUND.filter((scale) => scale <= wanted).at(-1) ?? 100;
}
