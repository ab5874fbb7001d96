import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pause } from "./pause";

let drawn: number;
let canvas: { triggerRepaint(): void };
let pause: Pause;

beforeEach(() => {
  vi.useFakeTimers();
  drawn = 0;
  canvas = { triggerRepaint: () => void (drawn += 1) };
  pause = new Pause(canvas);
});

afterEach(() => void vi.useRealTimers());

test("draws at once while nobody waits", () => {
  canvas.triggerRepaint();
  expect(drawn).toBe(1);
});

test("draws once at the end what fell due meanwhile", () => {
  pause.hold(100);
  canvas.triggerRepaint();
  canvas.triggerRepaint();
  vi.advanceTimersByTime(99);
  expect(drawn).toBe(0);
  vi.advanceTimersByTime(1);
  expect(drawn).toBe(1);
});

test("draws nothing at the end where nothing fell due", () => {
  pause.hold(100);
  pause.end();
  vi.advanceTimersByTime(200);
  expect(drawn).toBe(0);
});

test("ends when it was last told to", () => {
  pause.hold(1000);
  canvas.triggerRepaint();
  pause.hold(100);
  vi.advanceTimersByTime(100);
  expect(drawn).toBe(1);
});
