import { drawn, element } from "./element";

/** A button among those on the map, its sign a line of 24 by 24, turned by degrees. */
export function controlButton(title: string, path: string, turn = 0): HTMLButtonElement {
  const sign = drawn("svg", { viewBox: "0 0 24 24", width: 24, height: 24, "aria-hidden": "true" });
  sign.append(drawn("path", { d: path, fill: "none", stroke: "#333333", "stroke-width": 2.5, transform: `rotate(${turn} 12 12)` }));
  return element("button", { type: "button", "aria-label": title, title }, sign);
}
