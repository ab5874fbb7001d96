import { barX, plot, ruleX, text } from "@observablehq/plot";
import { asOneDrawing } from "../../../chart/as_one_drawing";
import type { Share } from "./shares";

const ROW_PX = 34;
const WIDTH_PX = 320;

/** Bars with their names and values written at them, so that no colour has to be told from another. */
export function chartOf(shares: readonly Share[], value: (share: Share) => number, said: (share: Share) => string, label: string): Element {
  const titles = shares.map(({ title }) => title);
  const drawn = plot({
    ariaLabel: label,
    width: WIDTH_PX,
    height: ROW_PX * shares.length + 8,
    marginLeft: 2,
    marginRight: 4,
    marginTop: 4,
    marginBottom: 4,
    x: { axis: null },
    y: { axis: null, domain: titles, padding: 0 },
    marks: [
      barX(shares, { x: value, y: "title", fill: "color", stroke: "#17212b", insetTop: 19, insetBottom: 3 }),
      text(shares, { x: 0, y: "title", text: (share: Share) => `${share.title} – ${said(share)}`, textAnchor: "start", lineAnchor: "top", dy: -ROW_PX / 2 + 2, fontSize: 13, fill: "currentColor" }),
      ruleX([0]),
    ],
  });
  drawn.setAttribute("role", "img");
  return asOneDrawing(drawn);
}
