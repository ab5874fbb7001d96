import { type AddedLayer, type AddedState, isKept } from "../../address";
import { answerOf, ask, Unanswered } from "../../api";
import type { Desk } from "../../desk";
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
  desk.own.addTiles(layer.title, { address: tile, named: layer.pictures === null ? layer.name : null, added, credit }, set);
  return isKept(desk.own.added) ? words.added(layer.title) : `${words.added(layer.title)} ${words.notKept}`;
}

/** The layers that a link names; what is wrong with one is said, the others are there. */
export async function openAdded(desk: Desk, foreign: string, added: readonly AddedState[]): Promise<void> {
  const words = fileWords(desk);
  for (const one of added) {
    try {
      const layer = (await layersThere(desk, foreign, one.kind, one.address)).find(({ name }) => name === one.name);
      if (layer === undefined) desk.tell(words.goneThere(one.name, new URL(one.address).hostname));
      else await addTiles(desk, foreign, one, layer, one);
    } catch (error) {
      desk.tell((error instanceof Unanswered ? error.sentence : null) ?? words.serverFailed);
    }
  }
}

function tileAt(template: string, z: number, lon: number, lat: number): string {
  const side = 2 ** z;
  const north = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
  const [x, y] = [Math.floor((lon / 360 + 0.5) * side), Math.floor((0.5 - north) * side)];
  return template.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y));
}
