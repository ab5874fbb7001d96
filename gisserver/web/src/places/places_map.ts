import { Backdrop } from "../map/backdrop";
import { boxAround, nextOf, numbersOf, outlinesOf, type Place } from "./places";
import { layersOfPlaces, NUMBERS, PLACES, SELECTED } from "./style";

const LEAST_SPAN_M = 200;

/** What the list says about its map; the names of its data attributes. */
export type PlacesConfig = Readonly<Record<string, string | undefined>>;

type Chosen = (number: number, isByKey: boolean) => void;

/** The places where a file may lie, over the published features and the district's border. */
export class PlacesMap {
  readonly #ground: Backdrop;
  readonly #places: readonly Place[];
  #chosen: number | null = null;

  /** Ready once the map can be drawn on. Fails where the browser cannot draw, or the service does not answer. */
  static async begin(
    container: HTMLElement,
    config: PlacesConfig,
    places: readonly Place[],
    chosen: Chosen,
  ): Promise<PlacesMap> {
    const around = boxAround(places, LEAST_SPAN_M);
    if (around === null) throw new Error("No place can be drawn.");
    const map = new PlacesMap(await Backdrop.begin(container, config["style"] ?? "", around), places);
    map.#prepare(config, chosen);
    return map;
  }

  private constructor(ground: Backdrop, places: readonly Place[]) {
    this.#ground = ground;
    this.#places = places;
  }

  #prepare(config: PlacesConfig, chosen: Chosen): void {
    const { canvas } = this.#ground;
    this.#ground.addSources([PLACES, SELECTED, NUMBERS]);
    this.#ground.show([config["layer"] ?? "", "roads", "districts"]);
    for (const layer of layersOfPlaces(Number(config["district"]))) canvas.addLayer(layer);
    this.#ground.onPointed(["places/fill", "places/line", "places/mark"], (features, isByKey) => {
      const next = nextOf(
        features.map(({ id }) => Number(id)),
        this.#chosen,
      );
      if (next !== undefined) chosen(next, isByKey);
    });
    void this.#ground.draw(PLACES, outlinesOf(this.#places));
    void this.#ground.draw(NUMBERS, numbersOf(this.#places, null));
    canvas.getContainer().dataset["ready"] = "yes";
  }

  /** Lift the place out of the others, and go there if asked. */
  select(number: number, isToGo: boolean): void {
    this.#chosen = number;
    const chosen = this.#places.filter((place) => place.number === number);
    void this.#ground.draw(SELECTED, outlinesOf(chosen));
    void this.#ground.draw(NUMBERS, numbersOf(this.#places, number));
    if (isToGo) this.#goTo(chosen);
    this.#ground.canvas.getContainer().dataset["selected"] = String(number);
  }

  showAll(): void {
    this.#goTo(this.#places);
  }

  #goTo(places: readonly Place[]): void {
    const box = boxAround(places, LEAST_SPAN_M);
    if (box !== null) this.#ground.canvas.fitBounds(box, { padding: 40, maxZoom: 19, animate: false });
  }
}
