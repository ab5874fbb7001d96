import type { GeoJSONSource, Map as Canvas } from "maplibre-gl";
import { type Change, type Kind, KINDS, sideOf, type Side } from "./changes";

const SOURCE = "changed";
const FILL = "changed/fill";
const POINT = "changed/point";
const NEAR_PX = 6;
const COLOURS: Readonly<Record<Kind, string>> = { added: "#00692e", modified: "#7c4a00", removed: "#a01d18" };
/** Colour is never the only sign. */
const DASHES: Readonly<Record<Kind, number[]>> = { added: [1, 0], modified: [4, 1.5], removed: [1, 1] };
const COLOUR = ["match", ["get", "change"], ...KINDS.flatMap((kind) => [kind, COLOURS[kind]]), "#17212b"] as never;
const CHOSEN = ["boolean", ["feature-state", "isChosen"], false] as const;

/** The changes as they lie on one of the two maps. */
export class ChangeMarks {
  readonly #canvas: Canvas;
  readonly #side: Side;
  #chosen: string | null = null;

  constructor(canvas: Canvas, side: Side) {
    this.#canvas = canvas;
    this.#side = side;
    canvas.addSource(SOURCE, { type: "geojson", promoteId: "uid", data: sideOf([], side) });
    const fill = { "fill-color": COLOUR, "fill-opacity": ["case", CHOSEN, 0.5, 0.2] as never };
    canvas.addLayer({ id: FILL, type: "fill", source: SOURCE, filter: ["==", ["get", "kind"], "Polygon"], paint: fill });
    for (const kind of KINDS) {
      const width = ["case", CHOSEN, 5, 2.5] as never;
      const paint = { "line-color": COLOURS[kind], "line-width": width, "line-dasharray": DASHES[kind] };
      canvas.addLayer({ id: lineOf(kind), type: "line", source: SOURCE, filter: ["==", ["get", "change"], kind], paint });
    }
    const point = { "circle-color": COLOUR, "circle-radius": ["case", CHOSEN, 10, 6] as never, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 };
    canvas.addLayer({ id: POINT, type: "circle", source: SOURCE, filter: ["==", ["get", "kind"], "Point"], paint: point });
  }

  draw(changes: readonly Change[]): void {
    void this.#canvas.getSource<GeoJSONSource>(SOURCE)?.setData(sideOf(changes, this.#side));
  }

  choose(uid: string | null): void {
    this.#setState(this.#chosen, false);
    this.#setState(uid, true);
    this.#chosen = uid;
  }

  /** The change under a pointer. */
  at({ x, y }: { readonly x: number; readonly y: number }): string | null {
    const around: [[number, number], [number, number]] = [[x - NEAR_PX, y - NEAR_PX], [x + NEAR_PX, y + NEAR_PX]];
    const [found] = this.#canvas.queryRenderedFeatures(around, { layers: [FILL, POINT, ...KINDS.map(lineOf)] });
    return found === undefined ? null : String(found.properties["uid"]);
  }

  end(): void {
    for (const layer of [FILL, POINT, ...KINDS.map(lineOf)]) this.#canvas.removeLayer(layer);
    this.#canvas.removeSource(SOURCE);
  }

  #setState(uid: string | null, isChosen: boolean): void {
    if (uid !== null) this.#canvas.setFeatureState({ source: SOURCE, id: uid }, { isChosen });
  }
}

function lineOf(kind: Kind): string {
  return `changed/${kind}`;
}
