import type { GeoJSONSource, Map as Canvas } from "maplibre-gl";
import { boxAround, numbersOf, outlinesOf, type Place as Placed } from "../../../places/places";
import { BORDER_PART, layersOfPlaces, NUMBERS, PLACES, SELECTED } from "../../../places/style";
import type { Place } from "./look";

const LEAST_SPAN_M = 200;

/** Where each reading of a file's numbers puts it, drawn over the map until one is chosen. */
export class PlacesOnMap {
  readonly #canvas: Canvas;
  readonly #places: readonly Placed[];
  readonly #parts = layersOfPlaces(0).filter(({ id }) => id !== BORDER_PART);

  constructor(canvas: Canvas, places: readonly Place[]) {
    this.#canvas = canvas;
    this.#places = places.flatMap(({ area }, index) => (area === null ? [] : [{ number: index + 1, area }]));
    for (const source of [PLACES, SELECTED, NUMBERS]) canvas.addSource(source, { type: "geojson", data: outlinesOf([]) });
    for (const part of this.#parts) canvas.addLayer(part);
    this.#draw(PLACES, outlinesOf(this.#places));
    this.select(null);
  }

  /** Lift one out of the others and go there; null for all. */
  select(number: number | null): void {
    const chosen = this.#places.filter((place) => place.number === number);
    this.#draw(SELECTED, outlinesOf(chosen));
    this.#draw(NUMBERS, numbersOf(this.#places, number));
    const box = boxAround(number === null ? this.#places : chosen, LEAST_SPAN_M);
    if (box !== null) this.#canvas.fitBounds(box, { padding: 60, maxZoom: 18, animate: false });
  }

  remove(): void {
    for (const { id } of this.#parts) this.#canvas.removeLayer(id);
    for (const source of [PLACES, SELECTED, NUMBERS]) this.#canvas.removeSource(source);
  }

  #draw(source: string, shapes: ReturnType<typeof outlinesOf>): void {
    void this.#canvas.getSource<GeoJSONSource>(source)?.setData(shapes);
  }
}
