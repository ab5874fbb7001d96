import { drawn } from "./element";
import type { LegendRow, Swatch } from "./pool_style";

const WIDTH = 24;
const HEIGHT = 16;

/** The small sign beside a layer's name; decoration, for the name says it all. */
export function layerSign(swatch: Swatch): SVGSVGElement {
  return sign(shape(swatch));
}

/** A box in the colour, or the hatch, of one legend row. */
export function legendSign(row: LegendRow): SVGSVGElement {
  if (row.hatch !== null) return sign(hatchBox(row.hatch));
  return sign(drawn("rect", { ...BOX, fill: row.color, "fill-opacity": 0.6, stroke: "#4a4f55" }));
}

const BOX = { x: 0.5, y: 0.5, width: WIDTH - 1, height: HEIGHT - 1 };

function sign(inside: SVGElement): SVGSVGElement {
  return drawn(
    "svg",
    { class: "map-sign", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, "aria-hidden": "true" },
    inside,
  );
}

function shape(swatch: Swatch): SVGElement {
  const stroke = swatch.outline ?? swatch.color;
  const dashes = swatch.is_dashed ? { "stroke-dasharray": "5 3" } : {};
  if (swatch.kind === "fill") return drawn("rect", { ...BOX, fill: swatch.color, "fill-opacity": 0.6, stroke });
  if (swatch.kind === "point") return drawn("circle", { cx: WIDTH / 2, cy: HEIGHT / 2, r: 5, fill: swatch.color });
  const line = { x1: 0, x2: WIDTH, y1: HEIGHT / 2, y2: HEIGHT / 2 };
  const core = drawn("line", { ...line, stroke: swatch.color, "stroke-width": 2.5, ...dashes });
  if (swatch.outline === null) return core;
  return drawn("g", {}, drawn("line", { ...line, stroke, "stroke-width": 5 }), core);
}

const RISING = "M0 16L16 0M16 16L24 8";
const FALLING = "M0 0L16 16M16 0L24 8";
const STROKES = [RISING, FALLING, RISING + FALLING, "M0 4H24M0 12H24"];

/** As the sprite draws the hatch of that name, `hatch/{direction}/{colour}`. */
function hatchBox(name: string): SVGElement {
  const [, direction = "0", color = ""] = name.split("/");
  const strokes = drawn("path", { d: STROKES[Number(direction)] ?? RISING, stroke: color, "stroke-width": 2.2 });
  return drawn("g", {}, strokes, drawn("rect", { ...BOX, fill: "none", stroke: color }));
}
