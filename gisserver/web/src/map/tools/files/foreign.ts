import { type AddedLayer, type AddedState, isKept } from "../../address";
import { shownCount } from "../../amounts";
import { answerOf, ask, Unanswered } from "../../api";
import type { Desk } from "../../desk";
import { northing } from "../../ground";
import type { Look } from "./look";
import { fileWords } from "./words";

/** A layer of another server, and how it can be had. */
export interface Offered {
  readonly name: string;
  readonly title: string;
  readonly pictures: string | null;
  readonly tiles: string | null;
  readonly features: string | null;
  readonly credit: string;
}

/** Features of an OGC API, which has tiles as well. */
const TAKEN = "features";

type Setting = Pick<AddedState, "isShown" | "opacity">;

/** Our own service asks the other one. */
export async function layersThere({ language }: Desk, foreign: string, kind: string, address: string): Promise<readonly Offered[]> {
  const asked = new URLSearchParams({ kind, address, lang: language });
  return (await ask<{ layers: readonly Offered[] }>(`${foreign}?${asked}`)).layers;
}

/** One tile is fetched first: what is wrong with a server is a sentence, not an empty map. */
export async function addTiles(desk: Desk, foreign: string, { kind, address }: Omit<AddedLayer, "name">, layer: Offered, set?: Setting): Promise<string> {
  const words = fileWords(desk);
  const template = layer.pictures ?? layer.tiles ?? "";
  const tile = `${location.origin}${foreign}/tile?address=${encodeURIComponent(template)}&z={z}&x={x}&y={y}`;
  const { zoom, lon, lat } = desk.view.place;
  const tried = await fetch(`${tileAt(tile, Math.min(Math.round(zoom), 18), lon, lat)}&lang=${desk.language}`);
  if (!tried.ok) await answerOf(tried);
  const added = { kind, name: layer.name, address };
  const credit = layer.credit || new URL(address).hostname;
  const named = layer.pictures === null ? layer.name : null;
  desk.own.addTiles(layer.title, { address: tile, template, named, credit }, added, set);
  return isKept(desk.own.added) ? words.added(layer.title) : `${words.added(layer.title)} ${words.notKept}`;
}

/** What came of a layer there, page by page. */
interface Fetched extends Look {
  /** So many are there; null where the server does not say. */
  readonly matched: number | null;
  readonly is_whole: boolean;
}

/** Its features, as those of a file; and whether there are more than the server told of. */
export async function featuresThere({ language }: Desk, foreign: string, kind: string, { title, features }: Offered): Promise<readonly [look: Look, hasMore: boolean]> {
  const asked = new URLSearchParams({ kind, address: features ?? "", lang: language });
  const { matched, is_whole: isWhole, ...look } = await ask<Fetched>(`${foreign}/features?${asked}`);
  const layers = look.layers.map((one) => ({ ...one, count: Math.max(one.count, matched ?? 0) }));
  return [{ ...look, layers, file: title }, !isWhole && matched === null];
}

/** As the link of the map keeps features that were taken. */
export function takenFrom(kind: string, name: string, address: string): AddedLayer {
  return { kind: kind === "ogcapi" ? TAKEN : kind, name, address };
}

/** The layers that a link names; what is wrong with one is said, the others are there. */
export async function openAdded(desk: Desk, foreign: string, added: readonly AddedState[]): Promise<void> {
  const words = fileWords(desk);
  for (const one of added) {
    try {
      const kind = one.kind === TAKEN ? "ogcapi" : one.kind;
      const layer = (await layersThere(desk, foreign, kind, one.address)).find(({ name }) => name === one.name);
      if (layer === undefined) desk.tell(words.goneThere(one.name, new URL(one.address).hostname));
      else if (one.kind === TAKEN || one.kind === "wfs") await addFeatures(desk, foreign, kind, layer, one);
      else await addTiles(desk, foreign, one, layer, one);
    } catch (error) {
      desk.tell((error instanceof Unanswered ? error.sentence : null) ?? words.serverFailed);
    }
  }
}

async function addFeatures(desk: Desk, foreign: string, kind: string, layer: Offered, one: AddedState): Promise<void> {
  const [look] = await featuresThere(desk, foreign, kind, layer);
  const { address, name, isShown, opacity } = one;
  const words = fileWords(desk);
  const [found] = look.layers;
  if (found === undefined) return desk.tell(look.says ?? words.serverFailed);
  desk.own.add(look.file, found, { kind: one.kind, name, address }, { isShown, opacity });
  const [shown, all] = [found.features.length, found.count].map((count) => shownCount(count, desk.language));
  if (found.features.length < found.count) desk.tell(words.firstOnly(layer.title, shown!, all!));
}

function tileAt(template: string, z: number, lon: number, lat: number): string {
  const side = 2 ** z;
  const north = northing(lat) / (2 * Math.PI);
  const [x, y] = [Math.floor((lon / 360 + 0.5) * side), Math.floor((0.5 - north) * side)];
  return template.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y));
}
