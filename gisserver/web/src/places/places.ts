import type { Feature, FeatureCollection, Geometry } from "geojson";
import { boxOf } from "../findings/shapes";

export type Box = [number, number, number, number];

/** A place where a file may lie; the list counts them from one, the likeliest first. */
export interface Place {
  readonly number: number;
  readonly area: Geometry;
}

/** Of the cards that say where they lie. */
export function placesOf(cards: readonly HTMLElement[]): Place[] {
  return cards.flatMap(({ dataset }) => {
    const { number, area } = dataset;
    return area === undefined ? [] : [{ number: Number(number), area: JSON.parse(area) as Geometry }];
  });
}

export function outlinesOf(places: readonly Place[]): FeatureCollection {
  return { type: "FeatureCollection", features: places.map(outlineOf) };
}

/** A number on each place; that of the chosen one lies above the others, for two datums are close together. */
export function numbersOf(places: readonly Place[], chosen: number | null): FeatureCollection {
  const features = places.flatMap((place): Feature[] => {
    const box = boxOf(outlineOf(place), 0);
    if (box === null) return [];
    const isChosen = place.number === chosen;
    const order = isChosen ? places.length + 1 : -place.number;
    const properties = { number: place.number, is_chosen: isChosen, order };
    const middle = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    return [{ type: "Feature", id: place.number, properties, geometry: { type: "Point", coordinates: middle } }];
  });
  return { type: "FeatureCollection", features };
}

/** What holds all of them, with room around. */
export function boxAround(places: readonly Place[], leastSpanM: number): Box | null {
  const geometries = places.map(({ area }) => area);
  return boxOf({ type: "Feature", properties: {}, geometry: { type: "GeometryCollection", geometries } }, leastSpanM);
}

/** Of the places under a pointer the one after the one that is chosen: where several lie on each other, each has its turn. */
export function nextOf(pointed: readonly number[], chosen: number | null): number | undefined {
  const sorted = [...new Set(pointed)].sort((one, other) => one - other);
  return sorted[(sorted.indexOf(chosen ?? Number.NaN) + 1) % sorted.length];
}

function outlineOf({ number, area }: Place): Feature {
  return { type: "Feature", id: number, properties: { number }, geometry: area };
}
