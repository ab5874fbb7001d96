import { beforeEach, describe, expect, it } from "vitest";
import { Journal } from "./journal";
import { Layers } from "./layers";
import { poolLayer } from "./pool_layer.sample";

const all = [
  poolLayer("parcels", "cadastre"),
  poolLayer("zones", "plan", { former_ids: ["zoning"] }),
  poolLayer("plans", "plan", { is_shown_at_first: false }),
];
const said = (id: string) => ({ id, isShown: true, opacity: 1, at: null });

let journal: Journal;
let layers: Layers;

beforeEach(() => {
  journal = new Journal();
  layers = new Layers(all, journal, null);
});

const ids = (): string[] => layers.shown.map(({ id }) => id);

describe("the layers", () => {
  it("begin as the style suggests", () => {
    expect(ids()).toEqual(["parcels", "zones"]);
  });

  it("take back what was done to them", () => {
    layers.change("zones", { opacity: 0.4 });
    layers.move("zones", -1);
    expect(ids()).toEqual(["zones", "parcels"]);
    journal.undo();
    journal.undo();
    expect(layers.states).toEqual(layers.usual);
    journal.redo();
    expect(layers.state("zones")?.opacity).toBe(0.4);
  });

  it("stop at the top", () => {
    layers.move("parcels", -1);
    expect(ids()).toEqual(["parcels", "zones"]);
  });

  it("open a link under a layer's former name, and tell names that are no layers", () => {
    const asked = [said("zoning"), said("trees")];
    layers.replace(asked);
    expect(ids()).toEqual(["zones"]);
    expect(layers.renamedIn(asked).map(({ id }) => id)).toEqual(["zones"]);
    expect(layers.unknownIn(asked)).toEqual(["trees"]);
  });

  it("keep the order a link asks for, and the usual one where it asks for none", () => {
    layers.replace([said("zones"), said("parcels")]);
    expect(ids()).toEqual(["zones", "parcels"]);
    layers.replace([said("plans")]);
    expect(layers.states.map(({ id }) => id)).toEqual(["parcels", "zones", "plans"]);
  });
});
