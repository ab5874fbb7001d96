import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CONFIG } from "./config.sample";
import { showUntilDrawn } from "./first_picture";

const PLACE = "#map=15/38.4/27.1";

let map: HTMLElement;
let asked: string[];
let isSent: boolean;

class Picture {
  #src = "";
  get src(): string {
    return this.#src;
  }
  set src(address: string) {
    this.#src = address;
    asked.push(address);
  }
  get naturalWidth(): number {
    return isSent ? 800 : 0;
  }
  decode(): Promise<void> {
    return isSent ? Promise.resolve() : Promise.reject(new Error("no picture"));
  }
}

beforeEach(() => {
  asked = [];
  isSent = true;
  vi.stubGlobal("Image", Picture);
  document.body.innerHTML = `<div id="map"></div>`;
  map = document.querySelector<HTMLElement>("#map")!;
  Object.defineProperties(map, { clientWidth: { value: 800 }, clientHeight: { value: 600 } });
});

afterEach(() => vi.unstubAllGlobals());

const show = (hash: string): Promise<void> => showUntilDrawn(map, CONFIG, hash);
const isShown = (): boolean => map.dataset["pictured"] === "yes";

test("the ground of the link is asked for in the size of the map, unless others wait for theirs", async () => {
  await show(`${PLACE}&layers=parcels;zones;roads,f`);
  expect(asked).toHaveLength(1);
  const { searchParams } = new URL(asked[0]!, location.href);
  expect(searchParams.get("width")).toBe("800");
  expect(searchParams.get("height")).toBe("600");
  expect(searchParams.get("collections")).toBe("parcels,zones");
  expect(searchParams.get("unless_busy")).toBe("true");
  const [west, , east] = searchParams.get("bbox")!.split(",").map(Number);
  expect((west! + east!) / 2).toBeCloseTo(27.1, 6);
  expect(isShown()).toBe(true);
});

test("without a place it is the whole area, beside the list of layers", async () => {
  await show("");
  const [west, south, east, north] = new URL(asked[0]!, location.href).searchParams.get("bbox")!.split(",").map(Number);
  expect(west).toBeLessThanOrEqual(26);
  expect(east).toBeGreaterThanOrEqual(29);
  expect(south).toBeLessThanOrEqual(37);
  expect(north).toBeGreaterThanOrEqual(40);
});

test.each(["&look=dark", "&layers=parcels@time=2026-05-01", "&layers=parcels,,0.5", "&background=photo", "&layers=parcels;gone"])(
  "a map that the service would draw otherwise gets none: %s",
  async (rest) => {
    await show(PLACE + rest);
    expect(asked).toEqual([]);
  },
);

test("it goes when the map has drawn itself", async () => {
  await show(PLACE);
  map.dataset["painted"] = "yes";
  await vi.waitFor(() => expect(isShown()).toBe(false));
});

test.each(["pointerdown", "wheel", "keydown"])("it goes when somebody moves the map: %s", async (event) => {
  await show(PLACE);
  map.dispatchEvent(new Event(event));
  expect(isShown()).toBe(false);
});

test("a service that sends none leaves the map as it is", async () => {
  isSent = false;
  await show(PLACE);
  expect(isShown()).toBe(false);
});

test("one that comes after the map is not shown", async () => {
  map.dataset["painted"] = "yes";
  await show(PLACE);
  expect(isShown()).toBe(false);
});
