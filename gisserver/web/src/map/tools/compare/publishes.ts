import { ask } from "../../api";
import type { Moment } from "../../moment";
import { isPublish } from "../../moment";

/** One publish, as the list of publishes tells it. */
export interface Publish {
  readonly epoch: number;
  readonly published_at: string;
  readonly layers: readonly { readonly layer: string; readonly added: number; readonly modified: number; readonly removed: number }[];
}

/** What the list gives in one answer; who looks further back says a day. */
export const MOST_PUBLISHES = 500;

/** The newest publishes, oldest first. */
export async function newestPublishes(address: string, language: string): Promise<readonly Publish[]> {
  const asked = new URLSearchParams({ limit: String(MOST_PUBLISHES), lang: language });
  const { events } = await ask<{ events: readonly Publish[] }>(`${address}?${asked}`);
  return events.toReversed();
}

/** Where a moment stands in the list; now is the newest, and what is older than all of them the oldest. */
export function placeOf(moment: Moment, publishes: readonly Publish[]): number {
  if (moment === null) return Math.max(0, publishes.length - 1);
  const isBefore = ({ epoch, published_at }: Publish): boolean => (isPublish(moment) ? epoch <= Number(moment) : published_at.slice(0, 10) <= moment);
  return Math.max(0, publishes.findLastIndex(isBefore));
}

/** The newest publish is now, so that what comes after it is seen too. */
export function momentAt(place: number, publishes: readonly Publish[]): Moment {
  const publish = publishes[place];
  return publish === undefined || place === publishes.length - 1 ? null : String(publish.epoch);
}
