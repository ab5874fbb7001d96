import { type Folder, gpx, kmlWithFolders, type Root } from "@tmcw/togeojson";
import type { Feature, FeatureCollection, Geometry, LineString, Point, Polygon } from "geojson";
import type { Drawn } from "../../pen";
import { inGroup, LONGEST_NAME, oneLine } from "./groups";

export const MOST_BYTES = 5_000_000;
export const MOST_SHAPES = 2_000;

const MODES = { Point: "point", LineString: "linestring", Polygon: "polygon" } as const;
type Single = Point | LineString | Polygon;

/** The shapes of a file, each on its own; fails where it is none of the formats, or not in degrees. */
export function shapesIn(name: string, text: string): Drawn[] {
  const features = featuresIn(name, text).flatMap(({ geometry, properties }) =>
    singles(geometry).map((single) => inGroup({ type: "Feature", geometry: rounded(single), properties: { mode: MODES[single.type], label: labelOf(properties) } }, nameOfGroup(properties))),
  );
  if (features.length === 0) throw new Error(`${name} holds no shapes.`);
  return features;
}

function featuresIn(name: string, text: string): Feature[] {
  const kind = name.toLowerCase().split(".").at(-1);
  if (kind === "kml" || kind === "gpx") {
    const tree = new DOMParser().parseFromString(text, "text/xml");
    if (tree.querySelector("parsererror") !== null) throw new Error(`${name} is no XML.`);
    return (kind === "kml" ? inFolders(kmlWithFolders(tree)) : gpx(tree).features).filter((one): one is Feature => one.geometry !== null);
  }
  const found = JSON.parse(text) as FeatureCollection | Feature | Geometry;
  if (found.type === "FeatureCollection") return found.features;
  return found.type === "Feature" ? [found] : [{ type: "Feature", geometry: found, properties: {} }];
}

/** Each says in “group” in which folder it lies, the innermost with a name. */
function inFolders({ children }: Root | Folder, name: unknown = undefined): Feature<Geometry | null>[] {
  return children.flatMap((one) => {
    if (one.type === "folder") return inFolders(one, one.meta.name ?? name);
    return [name === undefined ? one : { ...one, properties: { ...one.properties, group: name } }];
  });
}

function singles(shape: Geometry): Single[] {
  switch (shape.type) {
    case "GeometryCollection":
      return shape.geometries.flatMap(singles);
    case "MultiPoint":
      return shape.coordinates.map((coordinates) => ({ type: "Point", coordinates }));
    case "MultiLineString":
      return shape.coordinates.map((coordinates) => ({ type: "LineString", coordinates }));
    case "MultiPolygon":
      return shape.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
    default:
      return [shape];
  }
}

/** As many digits as the pen takes, and no heights. */
function rounded<Kind extends Single>(shape: Kind): Kind {
  return { ...shape, coordinates: digits(shape.coordinates) };
}

function digits(nested: unknown): never {
  const list = nested as unknown[];
  if (typeof list[0] !== "number") return list.map(digits) as never;
  const [lon, lat] = list as number[];
  if (lon === undefined || lat === undefined || Math.abs(lon) > 180 || Math.abs(lat) > 90) throw new Error("These are no degrees.");
  return [Number(lon.toFixed(9)), Number(lat.toFixed(9))] as never;
}

function labelOf(properties: Feature["properties"]): string {
  return String(properties?.["label"] ?? properties?.["name"] ?? "");
}

function nameOfGroup(properties: Feature["properties"]): string {
  const said: unknown = properties?.["group"];
  return typeof said === "string" || typeof said === "number" ? oneLine(String(said)).slice(0, LONGEST_NAME).trim() : "";
}
