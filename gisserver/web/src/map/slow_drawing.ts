import type { Map as Canvas } from "maplibre-gl";
import { Pause } from "./pause";

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;
/** A pointer that rests for so long wants to see what it has uncovered. */
const REST_MS = 120;
/** Of a picture that is in the way of the moved one. */
const LONGEST_MS = 2000;
/** A press is a click or the beginning of a drag by then. */
const PRESS_MS = 300;
/** Who asked what lies here is answered long before, or waits for the line and not for the map. */
const ANSWER_MS = 600;
/** Of the map's width or height: more must not be seen empty. */
const MOST_UNCOVERED = 1 / 3;
/** MapLibre takes a press that moves by more for a drag. */
const CLICK_PX = 3;

/**
 * Without a graphics card a picture takes from half a second to a second, and nothing else happens meanwhile. So fewer
 * are drawn: a drag moves the picture that is there, and an answer is shown before the map is drawn anew.
 */
export class SlowDrawing {
  readonly #canvas: Canvas;
  readonly #pause: Pause;
  readonly #isFree: () => boolean;
  /** Where the pointer was when the picture was drawn, and where it is; null while no button is pressed. */
  #drag: { from: MouseEvent; to: MouseEvent } | null = null;

  /** `isFree` is false while something moves with each picture: only what both have drawn fits together. */
  constructor(canvas: Canvas, isFree: () => boolean) {
    this.#canvas = canvas;
    this.#pause = new Pause(canvas);
    this.#isFree = isFree;
    // To run on after a drag takes pictures, too.
    canvas.dragPan.enable({ maxSpeed: 0 });
    canvas.getCanvasContainer().addEventListener("mousedown", (event) => this.#press(event));
    canvas.on("render", () => this.#settle());
  }

  /** Somebody asked what lies here: the map is drawn after the answer. */
  awaitAnswer(): void {
    this.#drag = null;
    this.#pause.hold(ANSWER_MS);
  }

  answered(): void {
    this.#pause.end();
  }

  #press(event: MouseEvent): void {
    if (event.button !== 0) return;
    const listening = new AbortController();
    this.#drag = { from: event, to: event };
    this.#pause.hold(PRESS_MS);
    document.addEventListener("mousemove", (moved) => this.#move(moved), { signal: listening.signal });
    document.addEventListener(
      "mouseup",
      () => {
        listening.abort();
        // A click comes after it, and may wait for an answer.
        setTimeout(() => this.#drag !== null && this.#letGo());
      },
      { signal: listening.signal },
    );
  }

  #move(to: MouseEvent): void {
    if (this.#drag === null) return;
    this.#drag.to = to;
    const [x, y] = this.#uncovered(this.#drag);
    if (!this.#canvas.dragPan.isActive() || !this.#isFree()) {
      if (Math.hypot(x, y) > CLICK_PX) this.#letGo();
      return;
    }
    const drawn = this.#canvas.getCanvas();
    drawn.style.objectPosition = `${x}px ${y}px`;
    if (Math.abs(x) > drawn.clientWidth * MOST_UNCOVERED || Math.abs(y) > drawn.clientHeight * MOST_UNCOVERED) this.#pause.end();
    else this.#drawAtRest(to);
  }

  /** Rest begins where the moved picture is seen: after one that was long in drawing, the pointer is ahead of it. */
  #drawAtRest(moved: MouseEvent): void {
    this.#pause.hold(LONGEST_MS);
    requestAnimationFrame(() => requestAnimationFrame(() => this.#drag?.to === moved && this.#pause.hold(REST_MS)));
  }

  #letGo(): void {
    this.#drag = null;
    this.#pause.end();
  }

  /** The picture was drawn where the pointer is. */
  #settle(): void {
    this.#canvas.getCanvas().style.objectPosition = "";
    if (this.#drag !== null) this.#drag.from = this.#drag.to;
  }

  #uncovered({ from, to }: { from: MouseEvent; to: MouseEvent }): [number, number] {
    return [to.clientX - from.clientX, to.clientY - from.clientY];
  }
}

/** True where the processor draws for want of a graphics card. */
export function drawsInSoftware(canvas: HTMLCanvasElement): boolean {
  const context = canvas.getContext("webgl2");
  if (context === null) return false;
  const named = (name: number): boolean => SOFTWARE.test(String(context.getParameter(name)));
  if (named(context.RENDERER)) return true;
  const unmasked = context.getExtension("WEBGL_debug_renderer_info");
  return unmasked !== null && named(unmasked.UNMASKED_RENDERER_WEBGL);
}
