import { describe, expect, it } from "vitest";
import { parseHash, renderHash } from "./hash";

describe("the address of a view", () => {
  it("says again what it was read from", () => {
    const address = "#map=15.5/38.4381/27.1468&layers=parcels,zones";
    const state = parseHash(address);
    expect(state).toEqual({ zoom: 15.5, lat: 38.4381, lon: 27.1468, layers: ["parcels", "zones"] });
    expect(state && renderHash(state)).toBe(address);
  });

  it("tells no layers from no word about layers", () => {
    expect(parseHash("#map=9/38/27")?.layers).toBeNull();
    expect(parseHash("#map=9/38/27&layers=")?.layers).toEqual([]);
  });

  it.each(["", "#", "#map=", "#map=9/38", "#map=9//27", "#map=99/38/27", "#map=9/91/27", "#map=a/b/c", "#main"])(
    "is no view when it reads %j",
    (address) => expect(parseHash(address)).toBeNull(),
  );

  it("keeps a metre's worth of decimals", () => {
    expect(renderHash({ zoom: 12.34567, lat: 38.123456789, lon: 27.1, layers: null })).toBe("#map=12.35/38.12346/27.1");
  });
});
