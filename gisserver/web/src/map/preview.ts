import { type GeoJSONSource, LngLat, type Map as Canvas } from "maplibre-gl";
import type { Geometry } from "geojson";
import { shownLength } from "./amounts";
import type { Api, Hit } from "./api";
import { edgeTowards } from "./edge_of_view";
import { element } from "./element";

const SOURCE = "preview";
const INK = "#17212b";
const EDGE_PX = 40;

type ShapeOf = (hit: Hit) => Promise<Geometry | null>;

/** Where a line of the search box lies: its outline or a point, or an arrow towards it. The map does not move. */
export class Preview {
  readonly #canvas: Canvas;
  readonly #language: string;
  readonly #shapeOf: ShapeOf;
  readonly #arrow = element("p", { class: "map-preview-arrow number", "aria-hidden": "true", hidden: true });
  #shown: Hit | null = null;

  constructor(canvas: Canvas, language: string, shapeOf: ShapeOf) {
    this.#canvas = canvas;
    this.#language = language;
    this.#shapeOf = shapeOf;
    canvas.getContainer().append(this.#arrow);
    canvas.on("load", () => this.#prepare());
  }

  show(hit: Hit | null): void {
    this.#shown = hit;
    this.#draw(hit === null ? null : outlineOf(hit));
    this.#point(hit);
    if (hit?.uid && hit.layer) void this.#drawShape(hit);
  }

  /** The hit's box says where it is until its outline has come, if the line is still looked at then. */
  async #drawShape(hit: Hit): Promise<void> {
    const shape = await this.#shapeOf(hit);
    if (shape !== null && this.#shown === hit) this.#draw(shape);
  }

  #draw(shape: Geometry | null): void {
    const features = shape === null ? [] : [{ type: "Feature" as const, geometry: shape, properties: {} }];
    void this.#canvas.getSource<GeoJSONSource>(SOURCE)?.setData({ type: "FeatureCollection", features });
    const { dataset } = this.#canvas.getContainer();
    if (shape === null) delete dataset["preview"];
    else dataset["preview"] = shape.type;
  }

  /** Towards what lies beyond the view, with how far it is. */
  #point(hit: Hit | null): void {
    const { clientHeight: height, clientWidth: width } = this.#canvas.getContainer();
    const edge = hit === null ? null : edgeTowards(this.#canvas.project([hit.lon, hit.lat]), { width, height }, EDGE_PX);
    this.#arrow.hidden = edge === null;
    if (hit === null || edge === null) return;
    const metres = this.#canvas.getCenter().distanceTo(new LngLat(hit.lon, hit.lat));
    const sign = element("span", {}, "➤");
    sign.style.rotate = `${edge.degrees}deg`;
    this.#arrow.style.translate = `calc(${edge.x}px - 50%) calc(${edge.y}px - 50%)`;
    this.#arrow.replaceChildren(sign, shownLength(metres, this.#language));
  }

  #prepare(): void {
    this.#canvas.addSource(SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    for (const [name, color, width] of [["halo", "#ffffff", 7], ["line", INK, 3]] as const) {
      this.#canvas.addLayer({ id: `${SOURCE}/${name}`, type: "line", source: SOURCE, paint: { "line-color": color, "line-width": width } });
    }
    this.#canvas.addLayer({
      id: `${SOURCE}/point`,
      type: "circle",
      source: SOURCE,
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 8, "circle-color": INK, "circle-stroke-color": "#ffffff", "circle-stroke-width": 3 },
    });
  }
}

function outlineOf({ bbox, lat, lon }: Hit): Geometry {
  if (!bbox) return { type: "Point", coordinates: [lon, lat] };
  const [west, south, east, north] = bbox;
  return { type: "Polygon", coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] };
}

/** The shape of what was found; null where it cannot be had: then its box has to do. */
export function shapesOf(api: Api): (hit: Hit) => Promise<Geometry | null> {
  return async ({ layer, uid }) => (layer && uid ? api.feature(layer, uid).then(({ geometry }) => geometry, () => null) : null);
}
