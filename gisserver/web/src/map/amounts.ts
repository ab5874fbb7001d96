const HECTARE = 10_000;

/** An area as people of that language write it; parcels in m², a quarter in hectares. */
export function shownArea(area_m2: number, language: string): string {
  if (area_m2 < HECTARE) return `${number(area_m2, language, area_m2 < 100 ? 2 : 0)}\u00a0m²`;
  const hectares = area_m2 / HECTARE;
  return `${number(hectares, language, hectares < 1000 ? 1 : 0)}\u00a0ha`;
}

export function shownLength(length_m: number, language: string): string {
  if (length_m < 1000) return `${number(length_m, language, length_m < 100 ? 2 : 0)}\u00a0m`;
  return `${number(length_m / 1000, language, length_m < 100_000 ? 1 : 0)}\u00a0km`;
}

export function shownCount(count: number, language: string): string {
  return number(count, language, 0);
}

function number(value: number, language: string, decimals: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: decimals }).format(value);
}
