/** A number as people write it, with a comma or a point; null where it is none. */
export function numberIn(text: string): number | null {
  const written = text.trim().replace(",", ".");
  return written !== "" && Number.isFinite(Number(written)) ? Number(written) : null;
}

/** Two numbers with a blank, a semicolon or a comma between them; null where there are not exactly two. */
export function pairIn(text: string): readonly [number, number] | null {
  const words = text.trim().split(/[;\s]+|,\s+/).filter((word) => word !== "");
  const two = words.length === 1 ? text.split(",") : words;
  const [first, second] = two.map((word) => numberIn(word.replace(/,$/, "")));
  return two.length === 2 && first != null && second != null ? [first, second] : null;
}
