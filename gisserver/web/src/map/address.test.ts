import { describe, expect, it } from "vitest";
import { isKept, type LayerState, parseAddress, renderAddress, saidOf } from "./address";

const shown = (id: string, more: Partial<LayerState> = {}): LayerState => ({ id, isShown: true, opacity: 1, at: null, ...more });

describe("the address of the map", () => {
  it("names place, layers with what was set of them, and the feature", () => {
    const hash = "#map=15.5/38.4381/27.1468&layers=parcels;zones,,0.5;roads,f,0.3@time=2026-05-01&feature=parcels/9f3b8a52-54b0-4e0e-a9f3-0a3c3a0a1b2c";
    const address = parseAddress(hash);
    expect(address.place).toEqual({ zoom: 15.5, lat: 38.4381, lon: 27.1468 });
    expect(address.layers).toEqual([
      shown("parcels"),
      shown("zones", { opacity: 0.5 }),
      shown("roads", { isShown: false, opacity: 0.3, at: "2026-05-01" }),
    ]);
    expect(address.senseless).toEqual([]);
    expect(renderAddress(address)).toBe(hash);
  });

  it("names the open tool, what it is at, and a filter with every sign of its own", () => {
    const hash = "#map=15/38/27&tool=table/zones&filter=use_label%20%3D%20'Park%20%26%20D%23'";
    const address = parseAddress(hash);
    expect(address.tool).toEqual({ name: "table", about: "zones", filter: "use_label = 'Park & D#'" });
    expect(renderAddress(address)).toBe(hash);
    expect(parseAddress("#tool=compare/17..2026-05-01").tool).toEqual({ name: "compare", about: "17..2026-05-01", filter: null });
    expect(renderAddress(parseAddress("#map=15/38/27&tool=layers"))).toBe("#map=15/38/27&tool=layers");
  });

  it("names one shared drawing or several, and nothing else", () => {
    const [one, other] = ["a".repeat(24), "b".repeat(24)];
    expect(parseAddress(`#drawing=${one},${other}`).drawing).toBe(`${one},${other}`);
    expect(renderAddress(parseAddress(`#drawing=${one},${other}`))).toBe(`#drawing=${one},${other}`);
    expect(parseAddress(`#drawing=${one},`).drawing).toBeNull();
    expect(parseAddress(`#drawing=${Array(11).fill(one).join(",")}`).drawing).toBeNull();
  });

  it("keeps layers of other servers while they are short", () => {
    const usual = { isShown: true, opacity: 1 };
    const named = { kind: "wms", name: "Türkiye, 2024", address: "https://maps.example.org/ows?map=a,0.5&b=c" };
    const added = [{ ...named, ...usual }, { ...named, isShown: false, opacity: 0.4 }, { ...named, kind: "wfs", isShown: true, opacity: 0.35 }, { ...named, kind: "features", ...usual }];
    const hash = renderAddress({ place: null, layers: null, feature: null, tool: null, drawing: null, background: null, isNight: false, added });
    expect(parseAddress(hash)).toMatchObject({ added, senseless: [] });
    const many = Array.from({ length: 40 }, () => added[0]!);
    expect([isKept(added), isKept(many)]).toEqual([true, false]);
    expect(parseAddress("#added=wms,a,javascript:alert(1)")).toMatchObject({ added: [], senseless: ["added=wms,a,javascript:alert(1)"] });
    expect(parseAddress("#added=wms,a,https://a.example").added).toEqual([{ kind: "wms", name: "a", address: "https://a.example", ...usual }]);
    expect(parseAddress("#added=wms,%25E0%25A4,https://a.example").added).toEqual([]);
  });

  it("names the map that all lies on", () => {
    const hash = "#map=15/38/27&background=ortho-2024";
    expect(parseAddress(hash).background).toBe("ortho-2024");
    expect(renderAddress(parseAddress(hash))).toBe(hash);
    expect(parseAddress("#background=<b>")).toMatchObject({ background: null, senseless: ["background=<b>"] });
  });

  it("says where the map is dark", () => {
    expect(renderAddress(parseAddress("#map=15/38/27&look=dark"))).toBe("#map=15/38/27&look=dark");
    expect(parseAddress("#look=pink")).toMatchObject({ isNight: false, senseless: ["look=pink"] });
  });

  it("opens links from when layers were a plain list", () => {
    expect(parseAddress("#map=15/38/27&layers=parcels,zones").layers).toEqual([shown("parcels"), shown("zones")]);
    expect(parseAddress("#map=15/38/27&layers=parcels").layers).toEqual([shown("parcels")]);
  });

  it("tells no layers from nothing said", () => {
    expect(parseAddress("#map=15/38/27&layers=").layers).toEqual([]);
    expect(parseAddress("#map=15/38/27").layers).toBeNull();
  });

  it.each([
    ["#map=15/91/27", "map=15/91/27"],
    ["#map=//", "map=//"],
    ["#layers=<script>", "<script>"],
    ["#layers=parcels,,7", "parcels,,7"],
    ["#layers=parcels@time=yesterday", "parcels@time=yesterday"],
    ["#layers=parcels@time=2026-19-41", "parcels@time=2026-19-41"],
    ["#feature=parcels/1 OR 1=1", "feature=parcels/1 OR 1=1"],
    ["#tool=<img onerror>", "tool=<img onerror>"],
  ])("leaves nonsense aside and says which: %s", (hash, word) => {
    const { place, feature, senseless } = parseAddress(hash);
    expect([place, feature]).toEqual([null, null]);
    expect(senseless).toEqual([word]);
  });

  it("does not say what would be so anyway", () => {
    const usual = [shown("parcels"), shown("plans", { isShown: false })];
    expect(saidOf(usual, usual)).toBeNull();
    expect(saidOf([shown("plans", { isShown: false }), shown("parcels")], usual)).toBeNull();
    expect(saidOf([shown("plans"), shown("parcels")], usual)).toEqual([shown("plans"), shown("parcels")]);
  });
});
