import type { View } from "./view";

const HEX = /^#[0-9a-f]{6}$/i;
/** Of lightness: what was white is not quite black, and what was black not quite white. */
const [DARKEST, LIGHTEST] = [0.08, 0.92];

/** The map in dark colours, for the field at night; what the legend explains keeps its colours. */
export class Night {
  readonly #view: View;
  readonly #listeners = new Set<() => void>();
  #isOn = false;

  constructor(view: View) {
    this.#view = view;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Once the style is loaded. */
  set(isOn: boolean): void {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    for (const { id, paint } of this.#view.style.layers) {
      for (const [name, value] of Object.entries(paint ?? {})) {
        if (name.endsWith("color")) this.#view.canvas.setPaintProperty(id, name as "fill-color", (isOn ? atNight(value) : value) as string);
      }
    }
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** A colour or an expression of colours; classes of a legend are told by “match”. */
export function atNight(value: unknown): unknown {
  if (typeof value === "string") return HEX.test(value) ? inverted(value) : value;
  return Array.isArray(value) && value[0] !== "match" ? value.map(atNight) : value;
}

/** The same hue and saturation (HSL) with its lightness turned round. */
function inverted(hex: string): string {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const sum = Math.max(...parts) + Math.min(...parts);
  const lightness = DARKEST + (LIGHTEST - DARKEST) * (1 - sum / 2);
  const was = 1 - Math.abs(sum - 1);
  const room = 1 - Math.abs(2 * lightness - 1);
  const turned = parts.map((part) => lightness + (was === 0 ? 0 : ((part - sum / 2) / was) * room));
  return `#${turned.map((part) => Math.round(part * 255).toString(16).padStart(2, "0")).join("")}`;
}
