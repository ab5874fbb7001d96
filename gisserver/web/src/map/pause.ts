import type { Map as Canvas } from "maplibre-gl";

/** Leaves a map's picture as it is for a moment; what falls due meanwhile is drawn at its end, at once. */
export class Pause {
  readonly #draw: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isDue = false;

  constructor(canvas: Pick<Canvas, "triggerRepaint">) {
    this.#draw = canvas.triggerRepaint.bind(canvas);
    canvas.triggerRepaint = (): void => {
      if (this.#timer === null) this.#draw();
      else this.#isDue = true;
    };
  }

  /** Until then, whatever was said before; nothing is left undrawn for longer. */
  hold(milliseconds: number): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = setTimeout(() => this.end(), milliseconds);
  }

  end(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
    if (!this.#isDue) return;
    this.#isDue = false;
    this.#draw();
  }
}
