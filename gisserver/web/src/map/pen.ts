import type { Feature, Geometry } from "geojson";
import {
  type GeoJSONStoreFeatures,
  TerraDraw,
  TerraDrawCircleMode,
  TerraDrawFreehandMode,
  TerraDrawLineStringMode,
  TerraDrawPointMode,
  TerraDrawPolygonMode,
  TerraDrawRectangleMode,
  TerraDrawSelectMode,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import type { Desk } from "./desk";
import { nearestCorner } from "./nearest_corner";

export type Stroke = "rectangle" | "polygon" | "freehand" | "circle" | "linestring" | "point" | "select";
export type Drawn = GeoJSONStoreFeatures;

const SNAP_PX = 12;
const EDITABLE = { feature: { draggable: true, coordinates: { midpoints: true, draggable: true, deletable: true } } };

/** Draws on the map with finger, mouse or keys. While it is out, clicks on the map are its own. */
export class Pen {
  readonly #draw: TerraDraw;
  readonly #desk: Desk;
  readonly #giveBackClicks: () => void;
  readonly #onKey = (event: KeyboardEvent): void => this.#cornerInMiddle(event);

  constructor(desk: Desk, onFinish: (feature: Drawn) => void, onChange: () => void = () => {}) {
    this.#desk = desk;
    const snapping = { toCoordinate: true, toCustom: (event: { containerX: number; containerY: number }) => this.#snapped(event) };
    this.#draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map: desk.view.canvas }),
      modes: [
        new TerraDrawRectangleMode(),
        new TerraDrawPolygonMode({ snapping }),
        new TerraDrawFreehandMode({ minDistance: 12 }),
        new TerraDrawCircleMode(),
        new TerraDrawLineStringMode({ snapping }),
        new TerraDrawPointMode(),
        new TerraDrawSelectMode({ flags: { point: EDITABLE, linestring: EDITABLE, polygon: EDITABLE, rectangle: EDITABLE, circle: EDITABLE, freehand: EDITABLE } }),
      ],
    });
    this.#giveBackClicks = desk.whileClicksAreMine();
    this.#draw.start();
    this.#draw.on("finish", (id) => {
      const feature = this.#draw.getSnapshotFeature(id);
      if (feature !== undefined) onFinish(feature);
    });
    this.#draw.on("change", onChange);
    desk.view.canvas.getCanvas().addEventListener("keydown", this.#onKey);
  }

  take(stroke: Stroke): void {
    this.#draw.setMode(stroke);
    this.#desk.view.focus();
  }

  get features(): Drawn[] {
    return this.#draw.getSnapshot().filter(isShape).map(({ id, type, geometry, properties }) => {
      const { mode, label = "" } = properties;
      return { ...(id === undefined ? {} : { id }), type, geometry, properties: { mode: mode ?? "polygon", label } };
    });
  }

  /** These and nothing else. */
  replace(features: readonly Drawn[]): void {
    this.#draw.clear();
    this.#draw.addFeatures([...features]);
  }

  end(): void {
    this.#giveBackClicks();
    this.#desk.view.canvas.getCanvas().removeEventListener("keydown", this.#onKey);
    this.#draw.stop();
  }

  /** Corners of what is drawn on the map draw a corner nearby onto themselves. */
  #snapped({ containerX: x, containerY: y }: { containerX: number; containerY: number }): [number, number] | undefined {
    const { canvas } = this.#desk.view;
    const found = canvas.queryRenderedFeatures([[x - SNAP_PX, y - SNAP_PX], [x + SNAP_PX, y + SNAP_PX]]);
    const ours = found.filter(({ source }) => (this.#desk.layers.layer(source) ?? this.#desk.own.find(source)) !== undefined);
    const shapes: Geometry[] = ours.map((feature) => (feature as Feature).geometry);
    return nearestCorner(shapes, (corner) => {
      const { x: atX, y: atY } = canvas.project(corner);
      return Math.hypot(atX - x, atY - y);
    }, SNAP_PX);
  }

  /** The space bar is a click in the middle of the map, so that nobody needs a pointer. */
  #cornerInMiddle(event: KeyboardEvent): void {
    if (event.key !== " ") return;
    event.preventDefault();
    const canvas = this.#desk.view.canvas.getCanvas();
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const place = { clientX: left + width / 2, clientY: top + height / 2, button: 0, isPrimary: true, bubbles: true, pointerId: 1 };
    for (const kind of ["pointermove", "pointerdown", "pointerup"]) {
      canvas.dispatchEvent(new PointerEvent(kind, { ...place, buttons: kind === "pointerdown" ? 1 : 0 }));
    }
  }
}

/** Not one of the points by which a shape is drawn and changed. */
function isShape({ geometry, properties }: Drawn): boolean {
  return geometry.type !== "Point" || (properties["mode"] === "point" && properties["selectionPoint"] !== true && properties["midPoint"] !== true);
}
