import type { Feature } from "geojson";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Api } from "./api";
import { Card } from "./card";
import { CONFIG } from "./config.sample";
import { element } from "./element";
import type { PoolLayer } from "./pool_style";
import { wordsIn } from "./words";

const schema = {
  properties: {
    block_no: { title: "Block", type: "string" },
    area: { title: "Area", type: "number", "x-ogc-unitTitle": "m²" },
    version: { title: "Version", type: "integer" },
  },
};
const parcels = { id: "parcels", title: "Parcels", label: "parcel_no" } as PoolLayer;
const zones = { id: "zones", title: "Zones", label: "use_label" } as PoolLayer;

function feature(id: string, properties: Record<string, unknown>): Feature {
  return { type: "Feature", id, geometry: { type: "Point", coordinates: [27, 38] }, properties };
}

const parcel = feature("p-1", { block_no: "12", parcel_no: "3", area: 1250, version: 2, epoch_from: 7 });
const park = feature("z-1", { use_label: "Park" });

const now = (...layers: PoolLayer[]): { layer: PoolLayer; at: null }[] => layers.map((layer) => ({ layer, at: null }));

const here = { lon: 27, lat: 38, radius: 3 };

let root: HTMLElement;
let card: Card;
const onSelect = vi.fn();
const answers = vi.fn<(address: string) => unknown>();

beforeEach(() => {
  vi.clearAllMocks();
  vi.stubGlobal("fetch", async (address: string) => Response.json(answers(address)));
  root = element("section", { hidden: true });
  document.body.replaceChildren(root);
  card = new Card(root, {
    language: "en",
    words: wordsIn("en"),
    api: new Api(CONFIG, "en"),
    answerAddress: "/answer/{name}",
    itemsAddress: "/{name}/items",
    storyAddress: "/story/{name}/{feature}",
    onSelect,
    onClose: vi.fn(),
  });
});

function found(...layers: { id: string; features: Feature[] }[]): void {
  answers.mockImplementation((address) => (address.startsWith("/at") ? { epoch: 7, layers } : schema));
}

function press(name: string): void {
  [...root.querySelectorAll("button")].find(({ textContent }) => textContent === name)?.click();
}

function title(): string | null | undefined {
  return root.querySelector("h2")?.textContent;
}

describe("the card of a place", () => {
  it("begins with the layer that stands first in the list, whatever the order of the answer", async () => {
    found({ id: "zones", features: [park] }, { id: "parcels", features: [parcel] });
    await card.open(here, now(parcels, zones));
    expect(title()).toBe("12/3");
    expect(root.textContent).toContain("1 of 2");
  });

  it("leaves the map alone until it knows what is there", async () => {
    found({ id: "parcels", features: [parcel] });
    await card.open(here, now(parcels));
    expect(onSelect.mock.calls.map(([chosen]) => chosen?.feature)).toEqual([parcel]);
  });

  it("tells a feature's own fields as facts, and its version once, at the foot", async () => {
    found({ id: "parcels", features: [parcel] });
    await card.open(here, now(parcels));
    expect([...root.querySelectorAll("dt")].map((term) => term.textContent)).toEqual(["Block", "Area"]);
    expect(root.querySelector(".map-card-footing")?.textContent).toContain("2");
  });

  it("begins with what somebody searched for", async () => {
    found({ id: "zones", features: [park] }, { id: "parcels", features: [parcel] });
    await card.open(here, now(parcels, zones), "zones");
    expect(title()).toBe("Park");
  });

  it("leads from a parcel to its zoning answer, and from nothing else", async () => {
    found({ id: "parcels", features: [parcel] }, { id: "zones", features: [park] });
    await card.open(here, now(parcels, zones));
    expect(root.querySelector("a")?.getAttribute("href")).toBe("/answer/p-1");
    root.querySelector<HTMLElement>("[data-step=next]")?.click();
    await vi.waitFor(() => expect(title()).toBe("Park"));
    expect(root.querySelector("a.button")).toBeNull();
  });

  it("titles fields as the schema does and leaves empty ones out", async () => {
    found({ id: "parcels", features: [feature("p-2", { block_no: "12", area: null })] });
    await card.open(here, now(parcels));
    expect([...root.querySelectorAll("dt")].map((term) => term.textContent)).toEqual(["Block"]);
  });

  it("keeps the focus on the button that turned the page", async () => {
    found({ id: "parcels", features: [parcel, feature("p-3", { block_no: "12", parcel_no: "4" })] });
    await card.open(here, now(parcels));
    root.querySelector<HTMLElement>("[data-step=next]")?.click();
    await vi.waitFor(() => expect(title()).toBe("12/4"));
    await vi.waitFor(() => expect(document.activeElement?.getAttribute("data-step")).toBe("next"));
  });

  it("says what to do where there is nothing", async () => {
    found();
    await card.open(here, now(parcels));
    expect(root.textContent).toContain("Switch on more layers");
    expect(onSelect).toHaveBeenLastCalledWith(null);
  });

  it("says what to do where no layer is on, without asking", async () => {
    await card.open(here, []);
    expect(answers).not.toHaveBeenCalled();
    expect(root.textContent).toContain("Choose at least one");
  });

  it("says what to do where the service does not answer", async () => {
    vi.stubGlobal("fetch", async () => new Response("", { status: 503 }));
    await card.open(here, now(parcels));
    expect(root.textContent).toContain("click again");
  });

  it("asks each layer as it is drawn, and says what is not of now", async () => {
    found({ id: "parcels", features: [parcel] });
    await card.open(here, [{ layer: parcels, at: "4" }, { layer: zones, at: null }]);
    const asked = answers.mock.calls.map(([address]) => new URL(address, "http://x")).filter(({ pathname }) => pathname === "/at");
    expect(asked.map(({ searchParams }) => [searchParams.get("layers"), searchParams.get("epoch")])).toEqual([["parcels", "4"], ["zones", null]]);
    expect(root.querySelector(".map-card-layer")?.textContent).toBe("Parcels · as of publish no. 4");
    expect(root.querySelector("a.button")).toBeNull();
  });

  it("shows all that was found as a tree or as tables, and leads from there to each", async () => {
    found({ id: "parcels", features: [parcel] }, { id: "zones", features: [park] });
    await card.open(here, now(parcels, zones));
    press("All");
    await vi.waitFor(() => expect([...root.querySelectorAll("summary")].map(({ textContent }) => textContent)).toEqual(["Parcels 1", "Zones 1"]));
    press("Table");
    await vi.waitFor(() => expect(root.querySelector("tbody")?.textContent).toBe("Block12Area1,250\u00a0m²"));
    press("Park");
    await vi.waitFor(() => expect(title()).toBe("Park"));
  });

  it("holds a feature that was kept against the one opened next, and marks what differs", async () => {
    found({ id: "parcels", features: [parcel, feature("p-3", { block_no: "12", area: 900 })] });
    await card.open(here, now(parcels));
    press("Compare with another");
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Stop comparing with 12/3"));
    root.querySelector<HTMLElement>("[data-step=next]")?.click();
    await vi.waitFor(() => expect([...root.querySelectorAll("tbody tr")].map(({ textContent }) => textContent)).toEqual(["Block1212", "Area1,250\u00a0m²900\u00a0m²≠"]));
    press("Stop comparing with 12/3");
    await vi.waitFor(() => expect(root.querySelector("dl")).not.toBeNull());
  });

  it("leads to the story of a feature and to the plan it belongs to", async () => {
    found({ id: "zones", features: [feature("z-2", { use_label: "Housing", plan_ref: "P 7" })] });
    await card.open(here, now(zones));
    expect([...root.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual(["/zones/items/z-2?f=html", "/story/zones/z-2", "/plans/items/P%207?f=html"]);
  });

  it("closes with Escape", async () => {
    found({ id: "parcels", features: [parcel] });
    await card.open(here, now(parcels));
    root.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(root.hidden).toBe(true);
  });
});
