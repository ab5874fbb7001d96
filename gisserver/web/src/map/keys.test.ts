import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Command } from "./command";
import { element } from "./element";
import { Keys } from "./keys";

const command = (id: string, key: string): Command => ({ id, key, title: { tr: id, en: id, fr: id }, group: "map", run: () => {} });
const run = vi.fn();

beforeAll(() => void new Keys([command("measure", "m"), command("undo", "Ctrl+z"), command("redo", "Ctrl+Shift+z")], run));

beforeEach(() => {
  run.mockClear();
  localStorage.clear();
  document.body.replaceChildren();
});

function press(init: KeyboardEventInit, target: EventTarget = document.body): string[] {
  target.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
  return run.mock.calls.map(([{ id }]) => id as string);
}

it("runs what a letter stands for", () => {
  expect(press({ key: "m" })).toEqual(["measure"]);
});

it("tells undo from redo, with the control key or the command key", () => {
  press({ key: "z", ctrlKey: true });
  expect(press({ key: "Z", metaKey: true, shiftKey: true })).toEqual(["undo", "redo"]);
});

it("leaves letters to who writes in a field", () => {
  const input = element("input", { type: "search" });
  document.body.append(input);
  expect(press({ key: "m" }, input)).toEqual([]);
});

it("does nothing on single letters once they are switched off", () => {
  Keys.switch(false);
  expect(press({ key: "m" })).toEqual([]);
  expect(press({ key: "z", ctrlKey: true })).toEqual(["undo"]);
});
