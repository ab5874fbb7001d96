import { beforeEach, expect, it, vi } from "vitest";
import { Api } from "../../api";
import { CONFIG } from "../../config.sample";
import type { Desk } from "../../desk";
import { Journal } from "../../journal";
import { Layers } from "../../layers";
import { poolLayer } from "../../pool_layer.sample";
import { wordsIn } from "../../words";
import { ChangeList } from "./change_list";

const onRead = vi.fn();
const onChoose = vi.fn();
const point = { type: "Point", coordinates: [27, 38] };
const feature = (properties: object): object => ({ type: "Feature", id: "u", geometry: point, properties });
const edited = {
  type: "Feature",
  id: "u",
  geometry: point,
  properties: {
    change: "modified",
    ref: "w-1",
    changed: ["use", "geom"],
    before: feature({ name: "1", use: "park" }),
    after: feature({ name: "1", use: "school" }),
  },
};
const added = { ...edited, id: "v", properties: { ...edited.properties, change: "added", changed: [], before: null } };

let asked: string[];
let list: ChangeList;

beforeEach(() => {
  vi.clearAllMocks();
  asked = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    if (address.includes("schema")) return Response.json({ properties: { name: { title: "Name", type: "string" }, use: { title: "Use", type: "string" } } });
    return Response.json({ features: [edited, added], links: [{ rel: "next", href: "/further" }] });
  });
  const desk = {
    api: new Api(CONFIG, "en"),
    chosen: null,
    config: CONFIG,
    language: "en",
    layers: new Layers([poolLayer("parcels", "cadastre")], new Journal(), null),
    view: { bounds: [27, 38, 28, 39] },
    words: wordsIn("en"),
  } as unknown as Desk;
  list = new ChangeList(desk, { onRead, onChoose });
  document.body.replaceChildren(list.root);
});

const rows = (): (string | null)[] => [...list.root.querySelectorAll("tbody tr")].map(({ textContent }) => textContent);

it("asks for what changed in view between the two moments, and tells what of each", async () => {
  list.between("3", null);
  await vi.waitFor(() => expect(onRead).toHaveBeenLastCalledWith([edited, added], null));
  expect(asked[0]).toContain("/parcels/changes?from=3&");
  expect(asked[0]).toContain("bbox=27.000000");
  expect(list.root.textContent).toContain("The first 2 changes");
  expect(list.root.querySelector("li")?.textContent).toBe("~1 modified · Use · shape");
});

it("shows of an edit what differs, before and after, and of a new feature what it is", async () => {
  list.between("3", null);
  await vi.waitFor(() => expect(onRead).toHaveBeenCalled());
  list.choose("u");
  expect(rows()).toEqual(["Useparkschool"]);
  expect(onChoose).toHaveBeenLastCalledWith(edited);
  list.choose("v");
  expect(rows()).toEqual(["Name–1", "Use–school"]);
});

it("reads on where there is more, after what it has", async () => {
  list.between("3", null);
  await vi.waitFor(() => expect(onRead).toHaveBeenCalledTimes(1));
  [...list.root.querySelectorAll("button")].at(-1)?.click();
  await vi.waitFor(() => expect(onRead).toHaveBeenLastCalledWith([edited, added, edited, added], null));
  expect(asked.at(-1)).toBe("/further");
});

it("asks for an earlier moment where both are the same, without asking the service", () => {
  list.between(null, null);
  expect(asked).toEqual([]);
  expect(list.root.textContent).toContain("Choose an earlier moment");
});
