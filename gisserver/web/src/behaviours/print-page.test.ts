import { expect, test, vi } from "vitest";
import { attach } from "./print-page";

test("the button appears with the script and prints the page", () => {
  document.body.innerHTML = `<button hidden>Print</button>`;
  window.print = vi.fn();
  const button = document.querySelector("button")!;
  attach(button);
  expect(button.hidden).toBe(false);
  button.click();
  expect(window.print).toHaveBeenCalledOnce();
});
