import { expect, test } from "vitest";
import { attach } from "./focus-first";

test("a list of errors takes the focus", () => {
  document.body.innerHTML = `<div tabindex="-1">Please correct this</div>`;
  const summary = document.querySelector("div")!;
  attach(summary);
  expect(document.activeElement).toBe(summary);
});
