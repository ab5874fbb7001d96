import type { Map as Canvas } from "maplibre-gl";
import { drawn } from "../map/element";
import { convergence, cornersOf, placeOn, type Sheet } from "./ground";
import type { PrintWords } from "./words";

/** Millimetres of paper that an arrow key moves the sheet; with Shift a tenth. */
const STEP_MM = 10;
const HANDLE_PX = 22;

/** The sheet over the map: what is outside is dimmed, two handles move and turn it. */
export class SheetFrame {
  readonly #canvas: Canvas;
  readonly #meridian: number;
  readonly #onChange: (sheet: Sheet) => void;
  readonly #svg = drawn("svg", { class: "print-frame" });
  readonly #shade = drawn("path", { class: "print-shade", "fill-rule": "evenodd" });
  readonly #edge = drawn("path", { class: "print-edge" });
  readonly #mover: SVGGElement;
  readonly #turner: SVGGElement;
  #sheet: Sheet;

  constructor(canvas: Canvas, meridian: number, sheet: Sheet, words: PrintWords, onChange: (sheet: Sheet) => void) {
    this.#canvas = canvas;
    this.#meridian = meridian;
    this.#sheet = sheet;
    this.#onChange = onChange;
    this.#mover = handle("M-9 0h18M0-9v18M-9 0l3-3m-3 3 3 3M9 0 6-3m3 3L6 3M0-9l-3 3m3-3 3 3M0 9l-3-3m3 3 3-3", { role: "button", "aria-label": words.move });
    this.#turner = handle("M6-6a8 8 0 1 0 2 7M7-10v5H2", { role: "slider", "aria-label": words.rotation, "aria-valuemin": 0, "aria-valuemax": 359 });
    this.#svg.append(this.#shade, this.#edge, this.#mover, this.#turner);
    this.#listen();
    canvas.getCanvasContainer().append(this.#svg);
    canvas.on("move", this.#draw);
    canvas.on("resize", this.#draw);
    this.#draw();
  }

  show(sheet: Sheet): void {
    this.#sheet = sheet;
    this.#draw();
  }

  remove(): void {
    this.#canvas.off("move", this.#draw);
    this.#canvas.off("resize", this.#draw);
    this.#svg.remove();
  }

  readonly #draw = (): void => {
    const { clientWidth, clientHeight } = this.#canvas.getContainer();
    const corners = cornersOf(this.#sheet, this.#meridian).map((corner) => this.#canvas.project([...corner]));
    const outline = `M${corners.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;
    this.#svg.setAttribute("viewBox", `0 0 ${clientWidth} ${clientHeight}`);
    this.#shade.setAttribute("d", `M0 0H${clientWidth}V${clientHeight}H0Z${outline}`);
    this.#edge.setAttribute("d", outline);
    this.#put(this.#mover, this.#canvas.project([this.#sheet.lon, this.#sheet.lat]));
    this.#put(this.#turner, this.#canvas.project([...placeOn(this.#sheet, this.#meridian, 0, this.#sheet.heightMm / 2)]));
    this.#turner.setAttribute("aria-valuenow", String(Math.round(this.#sheet.rotation)));
  };

  #put(one: SVGGElement, { x, y }: { x: number; y: number }): void {
    one.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  }

  #listen(): void {
    follow(this.#mover, (event) => this.#moveTo(event));
    follow(this.#turner, (event) => this.#turnTo(event));
    this.#mover.addEventListener("keydown", (event) => {
      const [right, up] = ARROWS[event.key] ?? [0, 0];
      if (right === 0 && up === 0) return;
      event.preventDefault();
      event.stopPropagation();
      const step = event.shiftKey ? STEP_MM / 10 : STEP_MM;
      const [lon, lat] = placeOn(this.#sheet, this.#meridian, right * step, up * step);
      this.#change({ lon, lat });
    });
    this.#turner.addEventListener("keydown", (event) => {
      const [right, up] = ARROWS[event.key] ?? [0, 0];
      if (right + up === 0) return;
      event.preventDefault();
      event.stopPropagation();
      this.#change({ rotation: turned(this.#sheet.rotation + (right + up) * (event.shiftKey ? 15 : 1)) });
    });
  }

  #moveTo(event: PointerEvent): void {
    const { lng: lon, lat } = this.#canvas.unproject(this.#pointIn(event));
    this.#change({ lon, lat });
  }

  #turnTo(event: PointerEvent): void {
    const middle = this.#canvas.project([this.#sheet.lon, this.#sheet.lat]);
    const [x, y] = this.#pointIn(event);
    const bearing = (Math.atan2(x - middle.x, middle.y - y) * 180) / Math.PI;
    this.#change({ rotation: turned(Math.round(bearing - convergence(this.#sheet, this.#meridian))) });
  }

  #pointIn({ clientX, clientY }: PointerEvent): [number, number] {
    const { left, top } = this.#canvas.getContainer().getBoundingClientRect();
    return [clientX - left, clientY - top];
  }

  #change(what: Partial<Sheet>): void {
    this.show({ ...this.#sheet, ...what });
    this.#onChange(this.#sheet);
  }
}

const ARROWS: Readonly<Record<string, readonly [right: number, up: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Within a whole turn. */
export function turned(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}

function handle(path: string, attributes: Record<string, string | number>): SVGGElement {
  const reach = drawn("circle", { r: HANDLE_PX, class: "print-reach" });
  return drawn("g", { class: "print-handle", tabindex: 0, ...attributes }, reach, drawn("circle", { r: 13 }), drawn("path", { d: path }));
}

/** While a pointer holds the handle, the map stands still. */
function follow(one: SVGGElement, onMove: (event: PointerEvent) => void): void {
  one.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    event.stopPropagation();
    one.focus();
    one.setPointerCapture(event.pointerId);
  });
  for (const kind of ["mousedown", "touchstart", "click", "dblclick"]) one.addEventListener(kind, (event) => event.stopPropagation());
  one.addEventListener("pointermove", (event) => {
    if (one.hasPointerCapture(event.pointerId)) onMove(event);
  });
}
