import { beforeEach, expect, test } from "vitest";
import { attach } from "./menu-button";

let button: HTMLElement;

beforeEach(() => {
  document.body.innerHTML = `<button aria-expanded="false" aria-controls="menu">Menu</button><nav id="menu"><a href="#">Map</a></nav><main></main>`;
  button = document.querySelector("button")!;
  attach(button);
});

const isOpen = (): boolean => button.getAttribute("aria-expanded") === "true";
const press = (on: string): boolean => document.querySelector(on)!.dispatchEvent(new Event("pointerdown", { bubbles: true }));

test("the button opens the menu and closes it", () => {
  button.click();
  expect(isOpen()).toBe(true);
  button.click();
  expect(isOpen()).toBe(false);
});

test("escape closes it and goes back to the button", () => {
  button.click();
  document.querySelector<HTMLElement>("a")!.focus();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  expect(isOpen()).toBe(false);
  expect(document.activeElement).toBe(button);
});

test("a tap elsewhere closes it, one in the menu does not", () => {
  button.click();
  press("a");
  expect(isOpen()).toBe(true);
  press("main");
  expect(isOpen()).toBe(false);
});
