import type { IControl } from "maplibre-gl";
import { controlButton } from "./control_button";
import { element } from "./element";

/** A button that leads back to the first view. */
export class WholeArea implements IControl {
  readonly #root: HTMLElement;

  constructor(label: string, onPress: () => void) {
    const button = controlButton(label, "M5 9V5h4M15 5h4v4M19 15v4h-4M9 19H5v-4");
    button.classList.add("map-whole-area");
    button.addEventListener("click", onPress);
    this.#root = element("div", { class: "maplibregl-ctrl maplibregl-ctrl-group" }, button);
  }

  onAdd(): HTMLElement {
    return this.#root;
  }

  onRemove(): void {
    this.#root.remove();
  }
}
