import type { Polygon } from "geojson";
import type { Unfinished } from "../../pen";
import { type Drawing, type Group, seenOf, tidied } from "./groups";

/** Under which codes the service keeps a drawing, and how far it has what is drawn here. */
export interface Shared {
  readonly view: string;
  readonly edit: string;
  /** The version of the service from which the drawing goes on here. */
  readonly version: number;
  /** False while the service lacks something of it. */
  readonly isSent: boolean;
}

/** A drawing as this browser keeps it. */
export interface Draft extends Drawing {
  readonly shared: Shared | null;
}

type Former = Pick<Draft, "features"> & { readonly groups?: readonly Group[]; readonly shared?: Shared | null };

const OWN = "map-drawing";
const IN_HAND = "map-drawing-in-hand";
const NONE: Draft = { features: [], groups: [], shared: null };

/** One's own drawing; with a code that of an edit link, unless it is one's own that was shared. */
export function draftOf(code: string | null): Draft {
  return read(keyOf(code));
}

/** False where the browser has no room for it. */
export function keepDraft(code: string | null, draft: Draft): boolean {
  try {
    localStorage.setItem(keyOf(code), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** The shape that was under the pen when the tool or the page was left. */
export function inHandOf(code: string | null): Unfinished | null {
  try {
    return JSON.parse(localStorage.getItem(keyOfHand(code)) ?? "null") as Unfinished | null;
  } catch {
    return null;
  }
}

export function keepInHand(code: string | null, { stroke, corners }: Unfinished): void {
  try {
    if (corners.length === 0) localStorage.removeItem(keyOfHand(code));
    else localStorage.setItem(keyOfHand(code), JSON.stringify({ stroke, corners }));
  } catch {
    // The finished shapes say already that there is no room.
  }
}

/** What was drawn beside another's drawing is found under its own code once it has one; one's own is found by any. */
export function movedTo(view: string, code: string | null): string | null {
  if (keyOf(code) === OWN || code === view) return code;
  const inHand = inHandOf(code);
  if (!keepDraft(view, draftOf(code))) return code;
  if (inHand !== null) keepInHand(view, inHand);
  localStorage.removeItem(keyOf(code));
  localStorage.removeItem(keyOfHand(code));
  return view;
}

function keyOfHand(code: string | null): string {
  return code === null ? IN_HAND : `${IN_HAND}/${code}`;
}

/** The areas of a drawing that are in sight, the last one drawn at the end. */
export function areasOf(draft: Draft): Polygon[] {
  return seenOf(draft).flatMap(({ geometry }) => (geometry.type === "Polygon" ? [geometry] : []));
}

function keyOf(code: string | null): string {
  // Several at once are looked at: what is drawn there is one's own.
  return code === null || code.includes(",") || read(OWN).shared?.view === code ? OWN : `${OWN}/${code}`;
}

function read(key: string): Draft {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? "null") as Former | Draft["features"] | null;
    // Drawings from when none could be shared are bare lists, and later ones had no groups.
    if (found === null) return NONE;
    const { features, groups = [], shared = null }: Former = "features" in found ? found : { features: found };
    return { ...tidied({ features, groups }), shared };
  } catch {
    return NONE;
  }
}
