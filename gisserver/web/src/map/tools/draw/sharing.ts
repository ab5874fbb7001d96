import type { Feature } from "geojson";
import { answerOf, ask } from "../../api";
import type { MapConfig } from "../../config";
import { type Drawing, groupOf, NO_GROUP } from "./groups";

/** A drawing as the service keeps it. */
export interface Kept extends Drawing {
  readonly view: string;
  readonly title: string;
  readonly version: number;
  readonly may_edit: boolean;
}

/** Somebody else has changed the drawing since the version that this one goes on from. */
export class Overtaken extends Error {}

type Where = Pick<MapConfig, "drawings" | "token">;

export function shareDrawing(where: Where, drawing: Drawing, language: string): Promise<{ readonly view: string; readonly edit: string; readonly version: number }> {
  return write(where, `${where.drawings}?lang=${language}`, "POST", plain(drawing));
}

export function sharedDrawing({ drawings }: Where, code: string, language: string): Promise<Kept> {
  return ask(`${drawings}/${encodeURIComponent(code)}?lang=${language}`);
}

/** The new version. Fails with Overtaken. */
export async function changeDrawing(where: Where, code: string, version: number, drawing: Drawing, language: string): Promise<number> {
  const address = `${where.drawings}/${encodeURIComponent(code)}?lang=${language}`;
  return (await write<{ version: number }>(where, address, "PUT", { ...plain(drawing), version })).version;
}

/** For everybody who has one of its links. */
export async function endSharing(where: Where, code: string, language: string): Promise<void> {
  const address = `${where.drawings}/${encodeURIComponent(code)}?lang=${language}`;
  const response = await fetch(address, { method: "DELETE", headers: headersFor(where) });
  if (!response.ok && response.status !== 404) await answerOf(response);
}

/** The same view with that drawing. */
export function linkTo(code: string): string {
  const rest = location.hash.replace(/^#/, "").split("&").filter((word) => word !== "" && !word.startsWith("drawing="));
  return `${location.origin}${location.pathname}#${[...rest, `drawing=${code}`].join("&")}`;
}

function headersFor({ token }: Where): Record<string, string> {
  return { Accept: "application/json", ...(token === "" ? {} : { "X-CSRFToken": token }) };
}

async function write<Answer>(where: Where, address: string, method: string, said: object): Promise<Answer> {
  const headers = { ...headersFor(where), "Content-Type": "application/json" };
  const response = await fetch(address, { method, headers, body: JSON.stringify(said) });
  if (response.status === 409) throw new Overtaken(response.url);
  return answerOf<Answer>(response);
}

/** Whether two say the same, whichever of the service and the browser they come from. */
export function isSameDrawing(one: Drawing, other: Drawing): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

/** Without what only this browser's pen knows. */
function plain({ features, groups }: Drawing): { readonly features: Feature[]; readonly groups: Drawing["groups"] } {
  return {
    features: features.map((shape) => {
      const { geometry, properties } = shape;
      return {
        type: "Feature",
        geometry: { type: geometry.type, coordinates: geometry.coordinates } as Feature["geometry"],
        properties: { mode: properties["mode"], label: properties["label"] ?? "", ...(groupOf(shape) === NO_GROUP ? {} : { group: groupOf(shape) }) },
      };
    }),
    groups: groups.map(({ name, is_hidden }) => ({ name, is_hidden })),
  };
}
