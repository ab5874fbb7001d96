import type { Feature, FeatureCollection, Geometry, Position } from "geojson";

const METRES_PER_DEGREE = 111_320;
const TIMES_THE_WAY = 4;
const LEAST_AROUND_M = 4;

/** The address with more parameters, whatever it has already. */
export function withParameters(address: string, more: Readonly<Record<string, string>>): string {
  const url = new URL(address, location.origin);
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  return `${url.pathname}${url.search}`;
}

/** A point for each finding that has a place, so that an overlap of a hand's width is seen from afar as well. */
export function marksOf(findings: FeatureCollection): FeatureCollection {
  const features = findings.features.flatMap((feature): Feature[] => {
    const place = feature.properties?.["place"] as Position | null | undefined;
    if (!place) return [];
    return [{ ...feature, geometry: { type: "Point", coordinates: place } }];
  });
  return { type: "FeatureCollection", features };
}

/** West, south, east, north of a feature, wide enough to see what lies around it. */
export function boxOf(feature: Feature, leastSpanM: number): [number, number, number, number] | null {
  const positions = feature.geometry === null ? [] : positionsOf(feature.geometry);
  const [first] = positions;
  if (first === undefined) return null;
  const box: [number, number, number, number] = [first[0]!, first[1]!, first[0]!, first[1]!];
  for (const [x, y] of positions) {
    box[0] = Math.min(box[0], x!);
    box[1] = Math.min(box[1], y!);
    box[2] = Math.max(box[2], x!);
    box[3] = Math.max(box[3], y!);
  }
  return widened(box, leastSpanM / METRES_PER_DEGREE);
}

/** Around the corner that moves furthest, so near that its way can be seen. */
export function boxOfRepair(sides: FeatureCollection): [number, number, number, number] | null {
  const about = sides.features[0]?.properties;
  const place = about?.["place"] as Position | null | undefined;
  if (!place) return null;
  const span = Math.max(TIMES_THE_WAY * Number(about?.["moved_m"]), LEAST_AROUND_M);
  return boxOf({ type: "Feature", properties: null, geometry: { type: "Point", coordinates: place } }, span);
}

function widened([west, south, east, north]: [number, number, number, number], span: number): [number, number, number, number] {
  const x = Math.max(0, span - (east - west)) / 2;
  const y = Math.max(0, span - (north - south)) / 2;
  return [west - x, south - y, east + x, north + y];
}

function positionsOf(geometry: Geometry): Position[] {
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(positionsOf);
  const depth = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }[geometry.type];
  return (depth === 0 ? [geometry.coordinates] : (geometry.coordinates as unknown[]).flat(depth - 1)) as Position[];
}
