import type { IControl } from "maplibre-gl";
import { drawn, element } from "./element";

/** A button that leads back to the first view. */
export class WholeArea implements IControl {
  readonly #button: HTMLButtonElement;
  readonly #root: HTMLElement;

  constructor(label: string, onPress: () => void) {
    const corners = "M5 9V5h4M15 5h4v4M19 15v4h-4M9 19H5v-4";
    const sign = drawn("svg", { viewBox: "0 0 24 24", width: 24, height: 24, "aria-hidden": "true" });
    sign.append(drawn("path", { d: corners, fill: "none", stroke: "#333333", "stroke-width": 2.5 }));
    this.#button = element("button", { type: "button", class: "map-whole-area", "aria-label": label, title: label }, sign);
    this.#button.addEventListener("click", onPress);
    this.#root = element("div", { class: "maplibregl-ctrl maplibregl-ctrl-group" }, this.#button);
  }

  onAdd(): HTMLElement {
    return this.#root;
  }

  onRemove(): void {
    this.#root.remove();
  }
}
