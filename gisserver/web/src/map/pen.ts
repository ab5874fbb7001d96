import type { Feature, Geometry, LineString, Polygon, Position } from "geojson";
import {
  type GeoJSONStoreFeatures,
  TerraDraw,
  TerraDrawCircleMode,
  TerraDrawFreehandMode,
  TerraDrawLineStringMode,
  TerraDrawModeUndoRedo,
  TerraDrawPointMode,
  TerraDrawPolygonMode,
  TerraDrawRectangleMode,
  TerraDrawSelectMode,
} from "terra-draw";
import type { Desk } from "./desk";
import { ExactAdapter } from "./exact_adapter";
import { nearestCorner } from "./nearest_corner";
import { PenBar } from "./pen_bar";
import { northPerEast, squared } from "./right_angle";

export type Stroke = "rectangle" | "polygon" | "freehand" | "circle" | "linestring" | "point" | "select";
export type Drawn = GeoJSONStoreFeatures;

/** A shape whose corners are set one by one, as far as it has come. */
export interface Unfinished {
  readonly stroke: Stroke;
  readonly corners: readonly Position[];
}

const SNAP_PX = 12;
const IS_DRAWING = "is-drawing";
/** Two tenths of a millimetre: what typed lengths miss by when they come back to where they began. */
const SAME_DEG = 2e-9;
const EDITABLE = { feature: { draggable: true, coordinates: { midpoints: true, draggable: true, deletable: true } } };

/** Draws on the map with finger, mouse, keys or numbers. While it is out, clicks on the map are its own. */
export class Pen {
  /** Each side goes on straight or at a right angle. */
  isSquare = false;
  /** Told which shape is under the hand to be changed; null for none. */
  onChoose: (id: Drawn["id"] | null) => void = () => {};
  /** Told when a key has deleted that shape. */
  onDelete: () => void = () => {};
  readonly #adapter: ExactAdapter;
  readonly #bar: PenBar;
  readonly #draw: TerraDraw;
  readonly #desk: Desk;
  #inHand: Drawn["id"];
  #lastChosen: NonNullable<Drawn["id"]> | null = null;
  readonly #giveBackClicks: () => void;
  readonly #letGo: () => void;
  readonly #onKey = (event: KeyboardEvent): void => this.#cornerInMiddle(event);

  constructor(desk: Desk, onFinish: (feature: Drawn) => void, onChange: () => void = () => {}) {
    this.#desk = desk;
    const snapping = { toCoordinate: true, toCustom: (event: { containerX: number; containerY: number }) => this.#snapped(event) };
    this.#adapter = new ExactAdapter({ map: desk.view.canvas });
    this.#draw = new TerraDraw({
      adapter: this.#adapter,
      undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
      modes: [
        new TerraDrawRectangleMode(),
        new TerraDrawPolygonMode({ snapping }),
        new TerraDrawFreehandMode({ minDistance: 12, drawInteraction: "click-move-or-drag" }),
        new TerraDrawCircleMode(),
        new TerraDrawLineStringMode({ snapping }),
        new TerraDrawPointMode(),
        new TerraDrawSelectMode({ flags: { point: EDITABLE, linestring: EDITABLE, polygon: EDITABLE, rectangle: EDITABLE, circle: EDITABLE, freehand: EDITABLE } }),
      ],
    });
    this.#giveBackClicks = desk.whileClicksAreMine();
    this.#letGo = desk.journal.hold({ undo: () => this.takeBack(), redo: () => this.#draw.redo() });
    this.#bar = new PenBar(desk, this);
    this.#draw.start();
    this.#draw.on("finish", (id) => {
      const feature = this.#draw.getSnapshotFeature(id);
      if (feature !== undefined) onFinish(feature);
      this.#bar.finished();
    });
    this.#draw.on("select", (id) => this.#choose(id));
    this.#draw.on("deselect", () => this.#choose(null));
    this.#draw.on("change", (ids, type, context) => {
      const isByKey = type === "delete" && !(context !== undefined && "origin" in context);
      if (isByKey && this.#lastChosen !== null && ids.includes(this.#lastChosen)) this.onDelete();
      this.#inHand = ids.find((id) => this.#draw.getSnapshotFeature(id)?.properties["currentlyDrawing"] === true) ?? this.#inHand;
      onChange();
      this.#bar.update();
    });
    desk.view.canvas.getCanvas().addEventListener("keydown", this.#onKey);
  }

  take(stroke: Stroke): void {
    this.#draw.setMode(stroke);
    this.#desk.view.canvas.getContainer().classList.toggle(IS_DRAWING, stroke !== "select");
    this.#bar.show(stroke);
    this.#desk.foldPanel();
    this.#desk.view.focus();
  }

  /** Of the shape in hand, those that stand already. */
  get corners(): readonly Position[] {
    const inHand = this.#inHand === undefined ? undefined : this.#draw.getSnapshotFeature(this.#inHand);
    if (inHand?.properties["currentlyDrawing"] !== true) return [];
    const { coordinates } = inHand.geometry as LineString | Polygon;
    if (inHand.geometry.type === "LineString") return (coordinates as Position[]).slice(0, -1);
    return (coordinates as Position[][])[0]!.slice(0, Number(inHand.properties["committedCoordinateCount"] ?? 0));
  }

  get unfinished(): Unfinished {
    return { stroke: this.#draw.getMode() as Stroke, corners: this.corners };
  }

  /** From where it was left; the map stays where it is. */
  goOn({ stroke, corners }: Unfinished): void {
    this.take(stroke);
    for (const corner of corners) this.#set(corner);
  }

  /** A corner exactly there; on the first corner it ends the shape. */
  setCorner(place: Position): void {
    const [first, , third] = this.corners;
    if (third !== undefined && isSame(place, first!)) return this.finish();
    this.#desk.view.bringIntoSight(place);
    this.#set(place);
  }

  #choose(id: NonNullable<Drawn["id"]> | null): void {
    if (id !== null) this.#lastChosen = id;
    this.onChoose(id);
  }

  #set(place: Position): void {
    this.#adapter.typed = place;
    this.#clickInMiddle();
    this.#adapter.typed = null;
  }

  setCornerInMiddle(): void {
    this.#clickInMiddle();
  }

  /** False where no corner stands. */
  takeBack(): boolean {
    return this.#draw.undo();
  }

  finish(): void {
    this.#desk.view.canvas.getCanvas().dispatchEvent(new KeyboardEvent("keyup", { key: "Enter" }));
  }

  get features(): Drawn[] {
    return this.#draw.getSnapshot().filter(isShape).map(({ id, type, geometry, properties }) => {
      const { mode, label = "" } = properties;
      return { ...(id === undefined ? {} : { id }), type, geometry, properties: { mode: mode ?? "polygon", label } };
    });
  }

  /** These and nothing else. What is given back has the names by which the pen knows them; those that it cannot draw have none. */
  replace(features: readonly Drawn[]): Drawn[] {
    this.#draw.clear();
    const taken = this.#draw.addFeatures([...features]);
    return features.map(({ id: _, ...shape }, place) => {
      const { id, valid } = taken[place] ?? { valid: false };
      return valid && id !== undefined ? { id, ...shape } : shape;
    });
  }

  /** The same below the shape in hand, which stays. */
  exchange(features: readonly Drawn[]): Drawn[] {
    const { corners } = this;
    const known = this.replace(features);
    for (const corner of corners) this.#set(corner);
    return known;
  }

  end(): void {
    this.#giveBackClicks();
    this.#letGo();
    this.#bar.end();
    this.#desk.view.canvas.getContainer().classList.remove(IS_DRAWING);
    this.#desk.view.canvas.getCanvas().removeEventListener("keydown", this.#onKey);
    this.#draw.stop();
  }

  /** What was typed stays; else a corner of the map nearby draws this one onto itself, or the right angle does. */
  #snapped({ containerX: x, containerY: y }: { containerX: number; containerY: number }): [number, number] | undefined {
    const { canvas } = this.#desk.view;
    if (this.#adapter.typed !== null) return [this.#adapter.typed[0]!, this.#adapter.typed[1]!];
    const found = canvas.queryRenderedFeatures([[x - SNAP_PX, y - SNAP_PX], [x + SNAP_PX, y + SNAP_PX]]);
    const ours = found.filter(({ source, sourceLayer = "" }) => (this.#desk.layers.layer(sourceLayer) ?? this.#desk.own.find(source)) !== undefined);
    const shapes: Geometry[] = ours.map((feature) => (feature as Feature).geometry);
    const near = nearestCorner(shapes, (corner) => {
      const { x: atX, y: atY } = canvas.project(corner);
      return Math.hypot(atX - x, atY - y);
    }, SNAP_PX);
    return near ?? (this.isSquare ? this.#squared(x, y) : undefined);
  }

  #squared(x: number, y: number): [number, number] | undefined {
    const { canvas } = this.#desk.view;
    const north = northPerEast(canvas.getCenter().lat);
    const [before, last] = this.corners.slice(-2).map((corner) => {
      const { x: east, y: down } = canvas.project(corner as [number, number]);
      return { x: east, y: down * north };
    });
    if (before === undefined || last === undefined) return undefined;
    const found = squared(before, last, { x, y: y * north });
    return canvas.unproject([found.x, found.y / north]).toArray();
  }

  /** The space bar is a click in the middle of the map, so that nobody needs a pointer. */
  #cornerInMiddle(event: KeyboardEvent): void {
    if (event.key !== " ") return;
    event.preventDefault();
    this.#clickInMiddle();
  }

  #clickInMiddle(): void {
    const canvas = this.#desk.view.canvas.getCanvas();
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const place = { clientX: left + width / 2, clientY: top + height / 2, button: 0, isPrimary: true, bubbles: true, pointerId: 1 };
    for (const kind of ["pointermove", "pointerdown", "pointerup"]) {
      canvas.dispatchEvent(new PointerEvent(kind, { ...place, buttons: kind === "pointerdown" ? 1 : 0 }));
    }
  }
}

function isSame([lon = 0, lat = 0]: Position, [otherLon = 0, otherLat = 0]: Position): boolean {
  return Math.hypot(lon - otherLon, lat - otherLat) < SAME_DEG;
}

/** Not one of the points by which a shape is drawn and changed. */
function isShape({ geometry, properties }: Drawn): boolean {
  return geometry.type !== "Point" || (properties["mode"] === "point" && properties["selectionPoint"] !== true && properties["midPoint"] !== true);
}
