import type { Feature, Geometry } from "geojson";
import type { Above, PrintedPicture } from "../../../print/panel";
import { boxAround, type Sides } from "../../box_around";
import type { OwnLayer } from "../../own_layers";
import type { Drawn } from "../../pen";

const LINE_PX = 2.5;
const DENSITY = 0.15;
/** The service takes no more of either. */
const MOST_FEATURES = 5000;
const MOST_LETTERS = 3_500_000;

/** What a person has drawn, opened and added, in the colours of the screen, as far as it lies in the box. */
export function drawnThings(drawing: readonly Drawn[], own: readonly OwnLayer[], box: Sides): Above {
  const drawn = drawing.map(({ geometry, properties }): Feature => ({ type: "Feature", geometry, properties: labelled(properties["label"]) }));
  const features: Feature[] = [];
  const pictures: PrintedPicture[] = [];
  const left: string[] = [];
  let room = MOST_LETTERS - JSON.stringify(drawn).length;
  for (const one of [...own].reverse().filter(({ isShown }) => isShown)) {
    if (one.tiles !== null) {
      if (one.tiles.named === null) pictures.push(pictureOf(one, one.tiles, features.length));
      continue;
    }
    const things = thingsOf(one, box);
    const length = JSON.stringify(things).length;
    if (features.length + things.length + drawn.length > MOST_FEATURES || length > room) {
      left.push(one.layer.title);
      continue;
    }
    features.push(...things);
    room -= length;
  }
  features.push(...drawn);
  return { drawings: features.length === 0 ? null : { type: "FeatureCollection", features }, pictures, left };
}

function pictureOf({ layer, opacity }: OwnLayer, { template, credit }: NonNullable<OwnLayer["tiles"]>, over: number): PrintedPicture {
  return { title: layer.title, address: template, credit, opacity, over };
}

/** Labels of files would cover what they name; those that were drawn were meant to be read. */
function thingsOf({ layer, drawn, opacity }: OwnLayer, box: Sides): Feature[] {
  const color = layer.swatch.color;
  const properties = { stroke: color, "stroke-width": LINE_PX, fill: color, "fill-opacity": DENSITY * opacity };
  return drawn.flatMap(({ geometry }): Feature[] => (isIn(geometry, box) ? [{ type: "Feature", geometry, properties }] : []));
}

function isIn(geometry: Geometry | null, [west, south, east, north]: Sides): boolean {
  const around = geometry === null ? null : boxAround(geometry);
  return around !== null && around[0] <= east && around[2] >= west && around[1] <= north && around[3] >= south;
}

function labelled(label: unknown): Feature["properties"] {
  return { stroke: "#1d4ed8", ...(typeof label === "string" && label !== "" ? { label } : {}) };
}
