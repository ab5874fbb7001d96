import { expect, test } from "vitest";
import { asked } from "./embedding_messages";

const to = (more: object): object => ({ target: "gisserver", ...more });

test("a page around says where to go, what to show and what to open", () => {
  expect(asked(to({ type: "goTo", lon: 27.1, lat: 38.4, zoom: 16 }))).toEqual({ type: "goTo", lon: 27.1, lat: 38.4, zoom: 16 });
  expect(asked(to({ type: "goTo", box: [27, 38, 28, 39] }))).toEqual({ type: "goTo", box: [27, 38, 28, 39] });
  expect(asked(to({ type: "showLayers", layers: "parcels;zones,,0.5" }))).toMatchObject({ layers: [{ id: "parcels" }, { id: "zones", opacity: 0.5 }] });
  const id = "0f8fad5b-d9cb-469f-a165-70867728950e";
  expect(asked(to({ type: "openFeature", layer: "parcels", id }))).toEqual({ type: "openFeature", layer: "parcels", id });
});

test("what other programs say to each other is not for us", () => {
  for (const data of [null, "goTo", { type: "goTo", lon: 1, lat: 2 }, 7]) expect(asked(data)).toBeNull();
});

test("what makes no sense is told apart from what is not for us", () => {
  for (const more of [
    {},
    { type: "eval", code: "alert(1)" },
    { type: "goTo" },
    { type: "goTo", lon: "27", lat: 38 },
    { type: "goTo", lon: NaN, lat: 38 },
    { type: "goTo", lon: 27, lat: 38, zoom: 99 },
    { type: "goTo", box: [28, 38, 27, 39] },
    { type: "showLayers", layers: ["parcels"] },
    { type: "showLayers", layers: "<script>" },
    { type: "openFeature", layer: "parcels", id: "1/../.." },
  ]) {
    expect(asked(to(more))).toBe("senseless");
  }
});
