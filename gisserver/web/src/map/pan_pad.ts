import type { IControl, Map as Canvas } from "maplibre-gl";
import { controlButton } from "./control_button";
import { element } from "./element";
import type { Words } from "./words";

/** Of what is seen, for each press. */
const STEP = 0.25;
const TURNS = { west: 180, north: 270, south: 90, east: 0 } as const;

/** Buttons that move the map, for who cannot drag; folded into one until they are wanted. */
export class PanPad implements IControl {
  readonly #words: Pick<Words, "moveByButtons" | "north" | "south" | "west" | "east">;
  readonly #arrows = element("div", { class: "map-pan-arrows", hidden: true });
  readonly #root = element("div", { class: "maplibregl-ctrl maplibregl-ctrl-group map-pan-pad" });

  constructor(words: Words) {
    this.#words = words;
  }

  onAdd(canvas: Canvas): HTMLElement {
    const across = (share: number) => canvas.getContainer().clientWidth * share;
    const down = (share: number) => canvas.getContainer().clientHeight * share;
    this.#arrows.append(
      this.#arrow("west", () => canvas.panBy([across(-STEP), 0])),
      this.#arrow("north", () => canvas.panBy([0, down(-STEP)])),
      this.#arrow("south", () => canvas.panBy([0, down(STEP)])),
      this.#arrow("east", () => canvas.panBy([across(STEP), 0])),
    );
    const cross = "M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3";
    const fold = controlButton(this.#words.moveByButtons, cross);
    fold.setAttribute("aria-expanded", "false");
    fold.addEventListener("click", () => {
      this.#arrows.hidden = !this.#arrows.hidden;
      fold.setAttribute("aria-expanded", String(!this.#arrows.hidden));
    });
    this.#root.append(this.#arrows, fold);
    return this.#root;
  }

  onRemove(): void {
    this.#root.remove();
  }

  #arrow(side: keyof typeof TURNS, onPress: () => void): HTMLButtonElement {
    const made = controlButton(this.#words[side], "M5 12h14M13 6l6 6-6 6", TURNS[side]);
    made.addEventListener("click", onPress);
    return made;
  }
}
