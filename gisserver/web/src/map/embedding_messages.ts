import { type LayerState, parseAddress } from "./address";

/** What the page around may ask for. */
export type Asked =
  | { readonly type: "hello" }
  | { readonly type: "goTo"; readonly lon: number; readonly lat: number; readonly zoom: number | null }
  | { readonly type: "goTo"; readonly box: readonly [number, number, number, number] }
  | { readonly type: "showLayers"; readonly layers: readonly LayerState[] }
  | { readonly type: "openFeature"; readonly layer: string; readonly id: string };

/** Null for a message that is not for us; other programs of a page speak the same way. */
export function asked(data: unknown): Asked | "senseless" | null {
  if (!isRecord(data) || data["target"] !== "gisserver") return null;
  return readers[String(data["type"])]?.(data) ?? "senseless";
}

const readers: Readonly<Record<string, (data: Record<string, unknown>) => Asked | null>> = {
  hello: () => ({ type: "hello" }),
  goTo: (data) => {
    const { lon, lat, zoom = null, box } = data;
    if (isBox(box)) return { type: "goTo", box };
    const isPlace = isDegree(lon, 180) && isDegree(lat, 85) && (zoom === null || (isNumber(zoom) && zoom >= 0 && zoom <= 24));
    return isPlace ? { type: "goTo", lon, lat, zoom } : null;
  },
  showLayers: ({ layers }) => {
    if (typeof layers !== "string") return null;
    const { layers: read, senseless } = parseAddress(`#${new URLSearchParams({ layers })}`);
    return read === null || senseless.length > 0 ? null : { type: "showLayers", layers: read };
  },
  openFeature: ({ layer, id }) => {
    const { feature } = parseAddress(`#feature=${String(layer)}/${String(id)}`);
    return feature === null ? null : { type: "openFeature", layer: feature[0], id: feature[1] };
  },
};

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === "object" && data !== null;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isDegree(value: unknown, most: number): value is number {
  return isNumber(value) && Math.abs(value) <= most;
}

function isBox(value: unknown): value is [number, number, number, number] {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [west, south, east, north] = value as unknown[];
  return isDegree(west, 180) && isDegree(south, 85) && isDegree(east, 180) && isDegree(north, 85) && west < east && south < north;
}
