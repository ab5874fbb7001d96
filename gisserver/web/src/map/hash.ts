/** Where the map stands and what it shows, as the address says it: #map=15.5/38.4381/27.1468&layers=parcels,zones */
export interface MapState {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
  /** Null where the address says nothing about layers. */
  readonly layers: readonly string[] | null;
}

export function parseHash(hash: string): MapState | null {
  const pairs = new URLSearchParams(hash.replace(/^#/, ""));
  const [zoom, lat, lon] = (pairs.get("map") ?? "").split("/").map((part) => (part === "" ? NaN : Number(part)));
  if (!isWithin(zoom, 0, 24) || !isWithin(lat, -85, 85) || !isWithin(lon, -180, 180)) return null;
  const layers = pairs.get("layers");
  return { zoom, lat, lon, layers: layers === null ? null : layers.split(",").filter((id) => id !== "") };
}

export function renderHash(state: MapState): string {
  const place = [round(state.zoom, 2), round(state.lat, 5), round(state.lon, 5)].join("/");
  return state.layers === null ? `#map=${place}` : `#map=${place}&layers=${state.layers.join(",")}`;
}

function isWithin(value: number | undefined, least: number, most: number): value is number {
  return value !== undefined && value >= least && value <= most;
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
