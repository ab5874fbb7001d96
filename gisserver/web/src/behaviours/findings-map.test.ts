import { beforeEach, expect, test, vi } from "vitest";
import { attach, WIDE } from "./findings-map";

let root: HTMLElement;

function report(): void {
  document.body.innerHTML = `
    <div class="split">
      <ul><li data-repair="1"><p class="finding-sentence">A repair.</p><a data-place href="/map#0">Place</a><button>Accept</button></li></ul>
      <ul>
        <li data-finding="1"><p class="finding-sentence">First.</p><a data-place href="/map#1">Place</a></li>
        <li data-finding="2"><p class="finding-sentence">Of the whole file.</p></li>
        <li data-finding="3"><p class="finding-sentence">Third.</p><a data-place href="/map#3">Place</a><a href="/other">Other</a></li>
      </ul>
      <section class="finding-map" hidden>
        <p class="finding-map-says"></p>
        <button data-step="-1"></button><button data-step="1"></button><button data-close></button>
        <div class="finding-map-canvas" data-failed="No map here."></div>
      </section>
    </div>`;
  root = document.querySelector<HTMLElement>(".split")!;
  attach(root);
}

beforeEach(() => {
  vi.stubGlobal("matchMedia", (asked: string) => ({ matches: false, asked: asked === WIDE }));
  Element.prototype.scrollIntoView = vi.fn();
  report();
});

function current(): string[] {
  return [...root.querySelectorAll<HTMLElement>("[aria-current]")].map(({ dataset }) => dataset["finding"] ?? `repair ${dataset["repair"]}`);
}

function press(selector: string): boolean {
  return root.querySelector(selector)!.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
}

const panel = (): HTMLElement => root.querySelector<HTMLElement>(".finding-map")!;
const says = (): string | null => root.querySelector(".finding-map-says")!.textContent;

test("the link of a finding opens the sheet instead of another page", () => {
  expect(press("[data-finding='1'] a")).toBe(false);
  expect(current()).toEqual(["1"]);
  expect(panel().hidden).toBe(false);
  expect(says()).toBe("First.");
});

test("any other link leads where it leads", () => {
  expect(press("a[href='/other']")).toBe(true);
  expect(current()).toEqual([]);
});

test("the buttons go from finding to finding and pass over what has no place", () => {
  press("[data-step='1']");
  expect(current()).toEqual(["repair 1"]);
  press("[data-step='1']");
  expect(current()).toEqual(["1"]);
  press("[data-step='1']");
  expect(current()).toEqual(["3"]);
  press("[data-step='1']");
  expect(current()).toEqual(["repair 1"]);
  press("[data-step='-1']");
  expect(current()).toEqual(["3"]);
});

test("a repair is chosen apart from the finding of the same number, and its button stays a button", () => {
  expect(press("[data-repair='1'] button")).toBe(true);
  expect(current()).toEqual([]);
  press("[data-repair='1'] a");
  expect(current()).toEqual(["repair 1"]);
  expect(says()).toBe("A repair.");
});

test("closing the sheet leads back to the finding", () => {
  press("[data-finding='3'] [data-place]");
  press("[data-close]");
  expect(panel().hidden).toBe(true);
  expect(document.activeElement).toBe(root.querySelector("[data-finding='3'] [data-place]"));
});

test("where no map can be drawn, the sheet says so and the list still works", async () => {
  press("[data-finding='1'] a");
  await vi.waitFor(() => expect(panel().textContent).toContain("No map here."), { timeout: 20_000 });
  press("[data-step='1']");
  expect(says()).toBe("Third.");
});
