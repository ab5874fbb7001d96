type Value = unknown;

/** A paint value, which may be an expression, made fainter; one of the zoom has to stay outermost. */
export function fainter(value: Value, factor: number): Value {
  if (factor === 1) return value;
  if (value === undefined || value === null) return factor;
  if (typeof value === "number") return value * factor;
  if (!Array.isArray(value)) return value;
  if (value[0] === "interpolate") return value.map((part, place) => (place >= 4 && place % 2 === 0 ? fainter(part, factor) : part));
  if (value[0] === "step") return value.map((part, place) => (place >= 2 && place % 2 === 0 ? fainter(part, factor) : part));
  return ["*", factor, value];
}

/** The paint properties that make something of that type faint. */
export const OPACITIES: Readonly<Record<string, readonly string[]>> = {
  fill: ["fill-opacity"],
  line: ["line-opacity"],
  circle: ["circle-opacity", "circle-stroke-opacity"],
  symbol: ["text-opacity", "icon-opacity"],
};
