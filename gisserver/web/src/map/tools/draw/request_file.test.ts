import { describe, expect, it } from "vitest";
import type { Drawn } from "../../pen";
import { requestFile } from "./request_file";

const area = (label: string): Drawn => ({
  type: "Feature",
  geometry: { type: "Polygon", coordinates: [[[27, 38], [27.1, 38], [27.1, 38.1], [27, 38]]] },
  properties: { mode: "polygon", label },
});
const point: Drawn = { type: "Feature", geometry: { type: "Point", coordinates: [27, 38] }, properties: { mode: "point", label: "7" } };

describe("a drawing that asks for a change", () => {
  it("is the shapes of the layer's kind, with what their labels and all of them say", () => {
    const { features } = requestFile([area(" 7 "), area(""), point], "fill", { block_no: "101" }, "parcel_no");
    expect(features.map(({ properties }) => properties)).toEqual([{ block_no: "101", parcel_no: "7" }, { block_no: "101" }]);
  });

  it("leaves labels alone that say nothing", () => {
    expect(requestFile([point], "point", {}, "").features[0]?.properties).toEqual({});
  });
});
