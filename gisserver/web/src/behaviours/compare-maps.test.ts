import { beforeEach, expect, test, vi } from "vitest";
import { attach } from "./compare-maps";

let root: HTMLElement;
const panel = (): HTMLElement => root.querySelector<HTMLElement>(".compare")!;
const item = (id: number): HTMLElement => root.querySelector<HTMLElement>(`[data-change="${id}"]`)!;
const press = (way: string): void => root.querySelector<HTMLElement>(`[data-way=${way}]`)!.click();

beforeEach(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  Element.prototype.scrollIntoView = vi.fn();
  document.body.innerHTML = `
    <section data-page="/changeset/7">
      <div class="compare" hidden>
        <p class="compare-says"></p>
        <button data-way="side"></button><button data-way="swipe"></button>
        <div class="compare-maps" data-failed="No map here.">
          <div data-side="before"><div class="compare-canvas"></div></div>
          <div data-side="after"><div class="compare-canvas"></div></div>
        </div>
        <input type="range" min="0" max="100" value="50"><p class="compare-part" hidden></p>
      </div>
      <ul>
        <li data-change="1"><h3>w-1</h3><a data-place href="/map#1">Place</a></li>
        <li data-change="2"><h3>w-2</h3><a data-place href="/map#2">Place</a><form><button type="button">Say</button></form></li>
      </ul>
    </section>`;
  root = document.querySelector("section")!;
  attach(root);
});

test("the swipe moves its edge by the slider, and side by side needs none", () => {
  const after = root.querySelector<HTMLElement>("[data-side=after]")!;
  expect(panel().dataset["shown"]).toBe("side");
  expect(after.style.clipPath).toBe("");
  press("swipe");
  const edge = root.querySelector<HTMLInputElement>("input")!;
  edge.value = "20";
  edge.dispatchEvent(new Event("input"));
  expect(after.style.clipPath).toBe("inset(0px 0px 0px 20%)");
  expect(root.querySelector("[data-way=swipe]")!.getAttribute("aria-pressed")).toBe("true");
  press("side");
  expect(after.style.clipPath).toBe("");
});

test("the heading or the drawing chooses a change", () => {
  item(2).querySelector<HTMLElement>("h3")!.click();
  expect(item(2).getAttribute("aria-current")).toBe("true");
  item(1).querySelector<HTMLElement>("a")!.click();
  expect([item(1), item(2)].map((one) => one.getAttribute("aria-current"))).toEqual(["true", null]);
});

test("a form in the list is left alone", () => {
  item(2).querySelector("button")!.click();
  expect(item(2).hasAttribute("aria-current")).toBe(false);
});

test("where no map can be drawn, it says so, and the links lead to the large map again", async () => {
  await vi.waitFor(() => expect(panel().textContent).toContain("No map here."), { timeout: 20_000 });
  const click = new MouseEvent("click", { bubbles: true, cancelable: true });
  item(1).querySelector("a")!.dispatchEvent(click);
  expect(click.defaultPrevented).toBe(false);
});
