import { expect, it } from "vitest";
import { groupOf } from "./groups";
import { shapesIn } from "./opened";

const square = [[27, 38], [27.1, 38], [27.1, 38.1], [27, 38]];

it("takes a multipolygon apart and keeps the name as label", () => {
  const file = { type: "Feature", properties: { name: "Park" }, geometry: { type: "MultiPolygon", coordinates: [[square], [square]] } };
  const shapes = shapesIn("park.geojson", JSON.stringify(file));
  expect(shapes.map(({ properties }) => [properties["mode"], properties["label"]])).toEqual([["polygon", "Park"], ["polygon", "Park"]]);
});

it("reads KML and GPX, without heights", () => {
  const kml = "<kml><Placemark><name>Well</name><Point><coordinates>27.1,38.4,12</coordinates></Point></Placemark></kml>";
  expect(shapesIn("a.KML", kml)[0]?.geometry).toEqual({ type: "Point", coordinates: [27.1, 38.4] });
  const gpx = '<gpx><trk><trkseg><trkpt lat="38.4" lon="27.1"/><trkpt lat="38.5" lon="27.2"/></trkseg></trk></gpx>';
  expect(shapesIn("a.gpx", gpx)[0]?.geometry.type).toBe("LineString");
});

it("puts what lies in a folder, or says so, into a group of that name", () => {
  const point = "<Point><coordinates>27.1,38.4</coordinates></Point>";
  const kml = `<kml><Folder><name> Site  A </name><Folder><Placemark>${point}</Placemark></Folder></Folder><Placemark>${point}</Placemark></kml>`;
  expect(shapesIn("a.kml", kml).map(groupOf)).toEqual(["Site A", ""]);
  const shape = { type: "Feature", geometry: { type: "Point", coordinates: [27, 38] } };
  const features = ["Option 2", 3, "x".repeat(99), { no: "name" }].map((group) => ({ ...shape, properties: { group } }));
  expect(shapesIn("a.json", JSON.stringify({ type: "FeatureCollection", features })).map(groupOf)).toEqual(["Option 2", "3", "x".repeat(60), ""]);
});

it.each([
  ["a.geojson", '{"type":"Point","coordinates":[512226,4254127]}'],
  ["a.geojson", "<html>"],
  ["a.kml", "no xml"],
  ["a.geojson", '{"type":"FeatureCollection","features":[]}'],
])("refuses what is no drawing in degrees: %s %s", (name, text) => expect(() => shapesIn(name, text)).toThrow());
