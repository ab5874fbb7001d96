import { beforeEach, expect, test, vi } from "vitest";
import { attach } from "./features-map";

let root: HTMLElement;

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
  document.body.innerHTML = `
    <div class="features">
      <table><tbody>
        <tr data-feature="a" data-name="First"><td>1</td><td><a href="#a">Open</a><button type="button" data-show hidden></button></td></tr>
        <tr data-feature="b" data-name="Second"><td>2</td><td><a href="#b">Open</a><button type="button" data-show hidden></button></td></tr>
      </tbody></table>
      <section class="features-map" data-failed="No map here." hidden>
        <p class="features-map-says"></p>
        <div class="features-map-canvas"></div>
      </section>
    </div>`;
  root = document.querySelector<HTMLElement>(".features")!;
  attach(root);
});

function press(selector: string): void {
  root.querySelector(selector)!.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
}

function current(): (string | null)[] {
  return [...root.querySelectorAll("[aria-current]")].map((row) => row.getAttribute("data-feature"));
}

test("a row is chosen by its button or anywhere on it, one at a time", () => {
  press("[data-feature='a'] td");
  expect(current()).toEqual(["a"]);
  press("[data-feature='b'] [data-show]");
  expect(current()).toEqual(["b"]);
});

test("the link of a row leads away and chooses nothing", () => {
  press("[data-feature='a'] a");
  expect(current()).toEqual([]);
});

test("where no map can be drawn, that is said and nothing offers it", async () => {
  await vi.waitFor(() => expect(root.querySelector(".features-map")!.textContent).toContain("No map here."), { timeout: 20_000 });
  expect(root.querySelector<HTMLElement>("[data-show]")!.hidden).toBe(true);
});
