import type { Geometry } from "geojson";
import { Unanswered } from "../../api";
import { chip } from "../../chips";
import type { Desk } from "../../desk";
import { element } from "../../element";
import type { Drawn } from "../../pen";
import { shapesIn } from "./opened";
import { drawWords } from "./words";

const USUAL_M = 10;
/** As far as the service goes. */
const FARTHEST_M = 10_000;

/** Draws the ground around the last shape; `last` is null where nothing is drawn yet. */
export function bufferForm(desk: Desk, last: () => Geometry | null, add: (areas: readonly Drawn[]) => void, say: (sentence: string) => void): HTMLElement {
  const words = drawWords(desk);
  const metres = element("input", { type: "number", step: "any", value: USUAL_M, min: -FARTHEST_M, max: FARTHEST_M });
  const draw = async (): Promise<void> => {
    const shape = last();
    if (shape === null) return say(words.nothingDrawn);
    if (!metres.valueAsNumber || !metres.checkValidity()) return say(words.noDistance);
    try {
      add(shapesIn("buffer.geojson", JSON.stringify(await desk.api.buffer(shape, metres.valueAsNumber))).map(withoutHoles));
    } catch (error) {
      say((error instanceof Unanswered ? error.sentence : null) ?? desk.words.toolFailed);
    }
  };
  return element("div", { class: "map-draw-field" }, element("label", {}, words.buffer, metres), chip(words.addBuffer, () => void draw()));
}

/** The pen knows no areas with holes. */
function withoutHoles({ geometry, ...more }: Drawn): Drawn {
  return { ...more, geometry: geometry.type === "Polygon" ? { ...geometry, coordinates: geometry.coordinates.slice(0, 1) } : geometry };
}
