import { beforeEach, describe, expect, it, vi } from "vitest";
import { element } from "./element";
import { LayerList } from "./layer_list";
import type { PoolLayer } from "./pool_style";
import { wordsIn } from "./words";

function layer(id: string, theme: string, more: Partial<PoolLayer> = {}): PoolLayer {
  const swatch = { kind: "fill", color: "#ffffff", outline: null, is_dashed: false } as const;
  const row = { id, theme, title: id.toUpperCase(), label: "name", from_zoom: 12, features_from_zoom: 14, swatch };
  return { ...row, is_shown_at_first: true, legend_field: null, legend: [], ...more };
}

const legend = [
  { key: "park", title: "Park", color: "#249C22", hatch: null },
  { key: "school", title: "School", color: "#008FFF", hatch: null },
];
const layers = [layer("parcels", "cadastre"), layer("zones", "plan", { legend }), layer("trees", "green")];

let place: HTMLElement;
let list: LayerList;
const onSwitch = vi.fn();

function box(id: string): HTMLInputElement {
  const found = place.querySelector<HTMLInputElement>(`input[value=${id}]`);
  if (found === null) throw new Error(`There is no switch for ${id}.`);
  return found;
}

function visibleTexts(selector: string): (string | null)[] {
  return [...place.querySelectorAll<HTMLElement>(selector)].filter((one) => !one.hidden).map((one) => one.textContent);
}

beforeEach(() => {
  onSwitch.mockClear();
  place = element("div");
  document.body.replaceChildren(place);
  list = new LayerList(place, layers, new Set(["zones"]), wordsIn("en"), onSwitch);
});

describe("the list of layers", () => {
  it("groups switches under their themes, a theme without a name of its own included", () => {
    expect(visibleTexts("legend")).toEqual(["Cadastre", "Planning", "green"]);
  });

  it("tells when a layer is switched", () => {
    box("parcels").click();
    expect(onSwitch).toHaveBeenCalledWith(layers[0], true);
    expect(list.shown).toEqual(["parcels", "zones"]);
    box("zones").click();
    expect(list.shown).toEqual(["parcels"]);
  });

  it("follows a switch that was set elsewhere", () => {
    list.set("parcels", true);
    expect(box("parcels").checked).toBe(true);
    expect(onSwitch).not.toHaveBeenCalled();
  });

  it("says of a layer that is on why it cannot be seen from here", () => {
    list.setZoom(9);
    expect(visibleTexts(".map-layer-hint")).toEqual(["zoom in to see"]);
    list.setZoom(12);
    expect(visibleTexts(".map-layer-hint")).toEqual([]);
  });

  it("lists only the classes in view, and says so where there are none", () => {
    list.setInView("zones", new Set(["school"]));
    expect(visibleTexts(".map-legend li")).toEqual(["School"]);
    expect(visibleTexts(".map-legend-empty")).toEqual([]);
    list.setInView("zones", new Set());
    expect(visibleTexts(".map-legend li")).toEqual([]);
    expect(visibleTexts(".map-legend-empty")).toHaveLength(1);
  });
});
