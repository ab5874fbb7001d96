import type { Map as Canvas } from "maplibre-gl";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { drawsInSoftware, SlowDrawing } from "./slow_drawing";

let drawn: number;
let isDragging: boolean;
let isFree: boolean;
let settle: () => void;
let picture: HTMLCanvasElement;
let container: HTMLElement;
let canvas: { triggerRepaint(): void };
let slow: SlowDrawing;

beforeEach(() => {
  vi.useFakeTimers();
  drawn = 0;
  isDragging = isFree = true;
  document.body.innerHTML = "<div><canvas></canvas></div>";
  container = document.querySelector("div")!;
  picture = document.querySelector("canvas")!;
  Object.defineProperties(picture, { clientWidth: { value: 900 }, clientHeight: { value: 600 } });
  canvas = {
    triggerRepaint: () => {
      drawn += 1;
      settle();
    },
    dragPan: { enable: () => undefined, isActive: () => isDragging },
    getCanvas: () => picture,
    getCanvasContainer: () => container,
    on: (_: string, then: () => void) => void (settle = then),
  } as unknown as typeof canvas;
  slow = new SlowDrawing(canvas as unknown as Canvas, () => isFree);
});

afterEach(() => {
  tell("mouseup", 0);  // nothing listens any longer
  vi.useRealTimers();
});

const tell = (kind: string, clientX: number, clientY = 100): void =>
  void container.dispatchEvent(new MouseEvent(kind, { clientX, clientY, button: 0, bubbles: true }));

/** A move, which makes a new picture due. */
function drag(clientX: number, clientY = 100): void {
  canvas.triggerRepaint();
  tell("mousemove", clientX, clientY);
}

test("a drag moves the picture that is there", () => {
  tell("mousedown", 100);
  drag(130, 90);
  vi.advanceTimersByTime(60);
  drag(160, 80);
  expect(picture.style.objectPosition).toBe("60px -20px");
  expect(drawn).toBe(0);
});

test("it is drawn anew where the pointer rests, and moves on from there", () => {
  tell("mousedown", 100);
  drag(130);
  vi.advanceTimersByTime(200);
  expect(drawn).toBe(1);
  expect(picture.style.objectPosition).toBe("");
  drag(150);
  expect(picture.style.objectPosition).toBe("20px 0px");
});

test("it is drawn anew when a third would be empty", () => {
  tell("mousedown", 100);
  drag(399);
  expect(drawn).toBe(0);
  drag(401);
  expect(drawn).toBe(1);
});

test("it is drawn anew when the button is let go", () => {
  tell("mousedown", 100);
  drag(130);
  tell("mouseup", 130);
  vi.advanceTimersByTime(1);
  expect(drawn).toBe(1);
  expect(picture.style.objectPosition).toBe("");
});

test.each([
  ["another tool has the pointer", () => (isDragging = false)],
  ["something moves with each picture", () => (isFree = false)],
])("each move is drawn where %s", (_, change) => {
  change();
  tell("mousedown", 100);
  drag(130);
  drag(140);
  expect(drawn).toBe(2);
  expect(picture.style.objectPosition).toBe("");
});

test("a click that nobody answers is drawn at once", () => {
  tell("mousedown", 100);
  canvas.triggerRepaint();
  tell("mouseup", 100);
  vi.advanceTimersByTime(1);
  expect(drawn).toBe(1);
});

test("a click is drawn after its answer", () => {
  tell("mousedown", 100);
  canvas.triggerRepaint();
  tell("mouseup", 100);
  slow.awaitAnswer();
  vi.advanceTimersByTime(400);
  expect(drawn).toBe(0);
  slow.answered();
  expect(drawn).toBe(1);
});

test("an answer that does not come holds nothing up for long", () => {
  slow.awaitAnswer();
  canvas.triggerRepaint();
  vi.advanceTimersByTime(1000);
  expect(drawn).toBe(1);
});

const RENDERER = 1;
const UNMASKED_RENDERER_WEBGL = 2;
const drawnBy = (renderer: string, unmasked: string | null): HTMLCanvasElement =>
  ({
    getContext: () => ({
      RENDERER,
      getParameter: (name: number) => (name === RENDERER ? renderer : unmasked),
      getExtension: () => (unmasked === null ? null : { UNMASKED_RENDERER_WEBGL }),
    }),
  }) as unknown as HTMLCanvasElement;

test.each([
  ["WebKit WebGL", "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)", true],
  ["llvmpipe, or similar", null, true],
  ["WebKit WebGL", "ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)", true],
  ["WebKit WebGL", "ANGLE (Intel, Mesa Intel(R) UHD Graphics 620, OpenGL 4.6)", false],
  ["WebKit WebGL", null, false],
])("%s, %s", (renderer, unmasked, isSoftware) => {
  expect(drawsInSoftware(drawnBy(renderer, unmasked))).toBe(isSoftware);
});

test("without WebGL nothing draws at all", () => {
  expect(drawsInSoftware({ getContext: () => null } as unknown as HTMLCanvasElement)).toBe(false);
});
