import { placesOf } from "../places/places";
import type { PlacesMap } from "../places/places_map";

/** A list of places where a file may lie, and their map: what is chosen on one is shown on the other. */
export function attach(root: HTMLElement): void {
  const panel = root.querySelector<HTMLElement>(".places-map");
  if (panel !== null) new Pair(root, panel);
}

class Pair {
  readonly #root: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #says: HTMLElement;
  readonly #map: Promise<PlacesMap | null>;

  constructor(root: HTMLElement, panel: HTMLElement) {
    this.#root = root;
    this.#panel = panel;
    this.#says = panel.querySelector<HTMLElement>(".places-map-says")!;
    panel.hidden = false;
    for (const button of root.querySelectorAll<HTMLElement>("[data-show]")) button.hidden = false;
    this.#map = this.#load();
    root.addEventListener("click", ({ target }) => this.#onClick(target as HTMLElement));
  }

  async #load(): Promise<PlacesMap | null> {
    const canvas = this.#panel.querySelector<HTMLElement>(".places-map-canvas")!;
    try {
      const { PlacesMap } = await import("../places/places_map");
      const places = placesOf([...this.#root.querySelectorAll<HTMLElement>("[data-number]")]);
      const chosen = (number: number, isByKey: boolean): void => void this.#select(number, isByKey, true);
      return await PlacesMap.begin(canvas, this.#root.dataset, places, chosen);
    } catch (error) {
      console.warn(error);
      this.#says.textContent = this.#panel.dataset["failed"] ?? "";
      this.#panel.classList.add("is-absent");
      return null;
    }
  }

  /** Anywhere on a card but on the button that decides. */
  #onClick(target: HTMLElement): void {
    if (target.closest("[data-show-all]") !== null) return void this.#map.then((map) => map?.showAll());
    const card = target.closest<HTMLElement>("[data-number]");
    if (card === null || target.closest("form") !== null) return;
    void this.#select(Number(card.dataset["number"]));
  }

  async #select(number: number, isByKey = false, isFromMap = false): Promise<void> {
    const card = this.#root.querySelector<HTMLElement>(`[data-number="${number}"]`);
    for (const one of this.#root.querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
    card?.setAttribute("aria-current", "true");
    if (isFromMap) card?.scrollIntoView({ block: "nearest" });
    if (isByKey) card?.querySelector<HTMLElement>("[data-show]")?.focus({ preventScroll: true });
    const map = await this.#map;
    if (map === null) return;
    map.select(number, !isFromMap);
    this.#says.textContent = card?.querySelector("h3")?.textContent ?? "";
  }
}
