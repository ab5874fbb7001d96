import type { Feature } from "geojson";
import { describe, expect, it } from "vitest";
import { fieldsOf } from "./own_layers";

function row(properties: Feature["properties"]): Feature {
  return { type: "Feature", geometry: { type: "Point", coordinates: [27, 38] }, properties };
}

describe("the fields of an opened file", () => {
  it("are those in which something stands, numbers where all are numbers", () => {
    const features = [row({ no: 1, note: "", mixed: 1 }), row({ no: 2, note: null, mixed: "1a" })];
    expect(fieldsOf(["no", "note", "mixed"], features)).toEqual({ no: { title: "no", type: "number" }, mixed: { title: "mixed", type: "string" } });
  });
});
