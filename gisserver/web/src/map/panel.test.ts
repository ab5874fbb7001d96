import { beforeEach, expect, it } from "vitest";
import { element } from "./element";
import { Panel } from "./panel";

let panel: Panel;
const heading = (): HTMLButtonElement => panel.root.querySelector("h2 button")!;

beforeEach(() => {
  const root = element("section", { id: "legend" });
  document.body.replaceChildren(root);
  panel = new Panel(root, false);
  panel.setTitle("Legend");
});

it("is named by its heading and opened by it", () => {
  expect(panel.root.getAttribute("aria-labelledby")).toBe(heading().id);
  expect(heading().getAttribute("aria-expanded")).toBe("false");
  heading().click();
  expect(panel.isOpen).toBe(true);
  heading().click();
  expect(panel.isOpen).toBe(false);
});
