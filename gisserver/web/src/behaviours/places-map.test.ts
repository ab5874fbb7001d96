import { beforeEach, expect, test, vi } from "vitest";
import { attach } from "./places-map";

let root: HTMLElement;

const AREA = '{"type":"Point","coordinates":[27,38]}';

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
  document.body.innerHTML = `
    <div class="places">
      <ol>
        <li data-number="1" data-area='${AREA}'><h3>First</h3><p>Why</p><button type="button" data-show hidden></button><form><button>Use</button></form></li>
        <li data-number="2" data-area='${AREA}'><h3>Second</h3><p>Why</p><button type="button" data-show hidden></button><form><button>Use</button></form></li>
      </ol>
      <section class="places-map" data-failed="No map here." hidden>
        <p class="places-map-says"></p>
        <div class="places-map-canvas"></div>
      </section>
    </div>`;
  root = document.querySelector<HTMLElement>(".places")!;
  attach(root);
});

function press(selector: string): void {
  root.querySelector(selector)!.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
}

function current(): (string | null)[] {
  return [...root.querySelectorAll("[aria-current]")].map((card) => card.getAttribute("data-number"));
}

test("what shows a place on the map is there once there is a map", () => {
  expect(root.querySelector<HTMLElement>("[data-show]")!.hidden).toBe(false);
  expect(root.querySelector<HTMLElement>(".places-map")!.hidden).toBe(false);
});

test("a card is chosen by its button or anywhere on it, one at a time", () => {
  press("[data-number='1'] p");
  expect(current()).toEqual(["1"]);
  press("[data-number='2'] [data-show]");
  expect(current()).toEqual(["2"]);
});

test("the button that decides does nothing else", () => {
  press("[data-number='1'] form button");
  expect(current()).toEqual([]);
});

test("where no map can be drawn, that is said and the cards still work", async () => {
  await vi.waitFor(() => expect(root.querySelector(".places-map")!.textContent).toContain("No map here."), { timeout: 20_000 });
  press("[data-number='2'] p");
  expect(current()).toEqual(["2"]);
  expect(root.querySelector(".places-map")!.textContent).toContain("No map here.");
});
