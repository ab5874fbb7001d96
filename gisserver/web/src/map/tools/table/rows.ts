import type { Feature } from "geojson";
import { ask } from "../../api";

/** Which features of a layer: what the table shows and what an export holds. */
export interface Question {
  /** The address of the layer's features. */
  readonly items: string;
  /** CQL2 text; empty for all. */
  readonly filter: string;
  readonly bbox: readonly number[] | null;
  /** A field, with - before it for the largest first; empty for the layer's own order. */
  readonly sortby: string;
  /** The publish whose state is listed; null for now. */
  readonly epoch: string | null;
  readonly language: string;
}

export interface Page {
  readonly features: readonly Feature[];
  readonly next: string | null;
  readonly previous: string | null;
}

export const PAGE_ROWS = 50;

interface Answer {
  readonly features: readonly Feature[];
  readonly numberMatched?: number;
  readonly links: readonly { readonly rel: string; readonly href: string }[];
}

/** Where the answer is to be had, in that format. */
export function addressOf({ items, filter, bbox, sortby, epoch, language }: Question, more: Readonly<Record<string, string>> = {}): string {
  const asked = new URLSearchParams(more);
  if (filter !== "") asked.set("filter", filter);
  if (bbox !== null) asked.set("bbox", bbox.map((side) => side.toFixed(6)).join(","));
  if (sortby !== "") asked.set("sortby", sortby);
  if (epoch !== null) asked.set("epoch", epoch);
  asked.set("lang", language);
  return `${items}?${asked}`;
}

export async function firstPage(question: Question, signal: AbortSignal): Promise<Page> {
  return pageAt(addressOf(question, { f: "json", limit: String(PAGE_ROWS) }), signal);
}

export async function pageAt(address: string, signal: AbortSignal): Promise<Page> {
  const answer = await ask<Answer>(address, signal);
  const linked = (rel: string): string | null => answer.links.find((link) => link.rel === rel)?.href ?? null;
  return { features: answer.features, next: linked("next"), previous: linked("prev") };
}

/** Exactly how many there are; asked apart, so that nobody waits for it to read. */
export async function countOf(question: Question, signal: AbortSignal): Promise<number> {
  const asked = { ...question, sortby: "" };
  const answer = await ask<Answer>(addressOf(asked, { f: "json", limit: "1", count: "exact", properties: "ref" }), signal);
  return answer.numberMatched ?? answer.features.length;
}
