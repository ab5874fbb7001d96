import type { Moment } from "./moment";

/** A layer of the pool as the reader has set it; the first in a list lies on top. */
export interface LayerState {
  readonly id: string;
  readonly isShown: boolean;
  /** From 0 to 1. */
  readonly opacity: number;
  /** Whose state is drawn; an address only says days. */
  readonly at: Moment;
}

export interface MapPlace {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}

/** The tool that is open, and what it is at. */
export interface OpenTool {
  readonly name: string;
  /** In the tool's own words: a layer, two moments; null for nothing. */
  readonly about: string | null;
  /** CQL2 text. */
  readonly filter: string | null;
}

/** A layer of another server. */
export interface AddedLayer {
  /** What the server speaks; `features` where those of an OGC API were taken instead of its tiles. */
  readonly kind: string;
  readonly name: string;
  readonly address: string;
}

/** One that somebody has added, as it is set. */
export interface AddedState extends AddedLayer, Pick<LayerState, "isShown" | "opacity"> {}

/** What an address says: #map=15.5/38.4381/27.1468&layers=parcels;zones,,0.5;roads@time=2026-05-01&feature=parcels/uid&tool=table/zones&filter=…&drawing=code */
export interface MapAddress {
  /** Null where the address names no place. */
  readonly place: MapPlace | null;
  /** Null where the address says nothing about layers. */
  readonly layers: readonly LayerState[] | null;
  /** The layer and lasting number of the feature whose card is open. */
  readonly feature: readonly [layer: string, uid: string] | null;
  readonly tool: OpenTool | null;
  /** The code of a shared drawing; of several, with commas between, to be looked at together. */
  readonly drawing: string | null;
  /** The map of another server that all lies on; null for none. */
  readonly background: string | null;
  /** In dark colours. */
  readonly isNight: boolean;
  /** From below. */
  readonly added: readonly AddedState[];
  /** Words that mean nothing, as they were written. */
  readonly senseless: readonly string[];
}

const FEATURE = /^([a-z_]{1,60})\/([0-9a-f-]{36})$/;
const DRAWING = /^[\w-]{16,64}(,[\w-]{16,64}){0,9}$/;
const BACKGROUND = /^[a-z][a-z0-9-]{0,39}$/;
const NIGHT = "dark";
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const SETTING = String.raw`(?:,([tf]?))?(?:,(0(?:\.\d+)?|1(?:\.0+)?|\.\d+))?`;
const ENTRY = new RegExp(String.raw`^([a-z_]{1,60})${SETTING}(?:@time=(.*))?$`);
const TOOL = /^([a-z_]{1,20})(?:\/([a-z0-9_.-]{1,60}))?$/;
const LONGEST = 40;
/** Beyond, added layers are left out of the address. */
export const LONGEST_ADDED = 1500;
const ADDED = new RegExp(String.raw`^(wms|wmts|ogcapi|wfs|features),((?:[^,%]|%[0-9A-F]{2}){1,300})${SETTING},(https?:\/\/[^\s<>"]{4,1000})$`);
/** The service takes no more. */
const LONGEST_FILTER = 6000;

/** Nonsense is left aside and named, so that a spoilt link still opens the map. */
export function parseAddress(hash: string): MapAddress {
  const pairs = new URLSearchParams(hash.replace(/^#/, ""));
  const senseless: string[] = [];
  const read = <Kind>(name: string, parse: (text: string) => Kind | null): Kind | null => {
    const text = pairs.get(name);
    if (text === null) return null;
    const found = parse(text);
    if (found === null) senseless.push(`${name}=${text.slice(0, LONGEST)}`);
    return found;
  };
  return {
    place: read("map", parsePlace),
    layers: read("layers", (text) => parseLayers(text, senseless)),
    feature: read("feature", parseFeature),
    tool: read("tool", (text) => parseTool(text, read("filter", parseFilter))),
    drawing: read("drawing", (text) => (DRAWING.test(text) ? text : null)),
    background: read("background", (text) => (BACKGROUND.test(text) ? text : null)),
    isNight: read("look", (text) => (text === NIGHT ? true : null)) ?? false,
    added: pairs.getAll("added").flatMap((text) => parseAdded(text, senseless)),
    senseless,
  };
}

export function renderAddress({ place, layers, feature, tool, drawing, background, isNight, added }: Omit<MapAddress, "senseless">): string {
  const words = [
    place && `map=${[round(place.zoom, 2), round(place.lat, 5), round(place.lon, 5)].join("/")}`,
    layers && `layers=${layers.map(entryOf).join(";")}`,
    feature && `feature=${feature.join("/")}`,
    tool && `tool=${[tool.name, tool.about].filter((one) => one !== null).join("/")}`,
    tool?.filter ? `filter=${encodeURIComponent(tool.filter)}` : null,
    drawing && `drawing=${drawing}`,
    background && `background=${background}`,
    isNight ? `look=${NIGHT}` : null,
    ...addedWords(added),
  ];
  return `#${words.filter((word) => word !== null).join("&")}`;
}

/** What is as it would be anyway is not written; a hidden layer only where something else about it was set. */
export function saidOf(layers: readonly LayerState[], unsaid: readonly LayerState[]): readonly LayerState[] | null {
  const isWorthSaying = (one: LayerState): boolean => one.isShown || one.opacity !== 1 || one.at !== null;
  const [said, usual] = [layers.filter(isWorthSaying), unsaid.filter(isWorthSaying)];
  return said.map(entryOf).join(";") === usual.map(entryOf).join(";") ? null : said;
}

function parsePlace(text: string): MapPlace | null {
  const [zoom, lat, lon] = text.split("/").map((part) => (part === "" ? NaN : Number(part)));
  return isWithin(zoom, 0, 24) && isWithin(lat, -85, 85) && isWithin(lon, -180, 180) ? { zoom, lat, lon } : null;
}

function parseLayers(text: string, senseless: string[]): readonly LayerState[] {
  const layers = new Map<string, LayerState>();
  for (const entry of entriesIn(text)) {
    const layer = parseEntry(entry);
    if (layer === null) senseless.push(entry.slice(0, LONGEST));
    else layers.set(layer.id, layer);
  }
  return [...layers.values()];
}

/** Links made before there was anything to say about a layer have commas between the names. */
function entriesIn(text: string): string[] {
  const words = text.split(",");
  const isOld = !text.includes(";") && !text.includes("@") && words.slice(1).some((word) => /^[a-z_]{2,}$/.test(word));
  return (isOld ? words : text.split(";")).filter((entry) => entry !== "");
}

function parseEntry(entry: string): LayerState | null {
  const [, id, shown, opacity, at] = ENTRY.exec(entry) ?? [];
  if (id === undefined || (at !== undefined && !isDay(at))) return null;
  return { id, ...setting(shown, opacity), at: at ?? null };
}

function setting(shown: string | undefined, opacity: string | undefined): Pick<LayerState, "isShown" | "opacity"> {
  return { isShown: shown !== "f", opacity: opacity === undefined ? 1 : Number(opacity) };
}

function parseFeature(text: string): readonly [string, string] | null {
  const [, layer, uid] = FEATURE.exec(text) ?? [];
  return layer === undefined || uid === undefined ? null : [layer, uid];
}

function parseTool(text: string, filter: string | null): OpenTool | null {
  const [, name, about = null] = TOOL.exec(text) ?? [];
  return name === undefined ? null : { name, about, filter };
}

function parseAdded(text: string, senseless: string[]): AddedState[] {
  const [, kind, written = "", shown, opacity, address] = ADDED.exec(text) ?? [];
  const name = decoded(written);
  if (kind === undefined || name === null || address === undefined) {
    senseless.push(`added=${text.slice(0, LONGEST)}`);
    return [];
  }
  return [{ kind, name, address, ...setting(shown, opacity) }];
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function addedWords(added: readonly AddedState[]): string[] {
  const words = added.map((one) => `added=${encodeURIComponent(`${one.kind},${settingOf(encodeURIComponent(one.name), one)},${one.address}`)}`);
  return words.join("&").length > LONGEST_ADDED ? [] : words;
}

/** False where an address would grow too long to keep them. */
export function isKept(added: readonly AddedState[]): boolean {
  return added.length === 0 || addedWords(added).length > 0;
}

function parseFilter(text: string): string | null {
  return text.length <= LONGEST_FILTER ? text : null;
}

function entryOf(layer: LayerState): string {
  const words = settingOf(layer.id, layer);
  return layer.at === null ? words : `${words}@time=${layer.at}`;
}

/** What is as usual is not written. */
function settingOf(name: string, { isShown, opacity }: Pick<LayerState, "isShown" | "opacity">): string {
  return [name, isShown ? "" : "f", opacity === 1 ? "" : String(round(opacity, 2))].join(",").replace(/,+$/, "");
}

export function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

function isWithin(value: number | undefined, least: number, most: number): value is number {
  return value !== undefined && value >= least && value <= most;
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
