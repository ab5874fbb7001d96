import { barX, plot, ruleX, text } from "@observablehq/plot";
import { asOneDrawing } from "./as_one_drawing";
import type { Measure } from "./measures";

const ROW = 26;
const LETTER = 8;
const LONGEST_NAME = 0.4;
const NUMBER = 72;

/** One bar for each row of the table, in its order, with the number at its end. */
export function bars({ points }: Measure, width: number): SVGElement | HTMLElement {
  const longest = Math.max(...points.map(({ name }) => name.length));
  const drawing = plot({
    className: "chart-drawing",
    width,
    height: ROW * (points.length + 1),
    marginLeft: Math.min(longest * LETTER + LETTER, width * LONGEST_NAME),
    marginRight: NUMBER,
    marginTop: ROW / 2,
    marginBottom: ROW / 2,
    x: { axis: null, grid: true },
    y: { label: null, domain: points.map(({ name }) => name), tickSize: 0 },
    marks: [
      ruleX([0]),
      barX(points, { x: "value", y: "name", fill: "currentColor" }),
      text(points, { x: "value", y: "name", text: "shown", textAnchor: "start", dx: 6 }),
    ],
  });
  return asOneDrawing(drawing);
}
