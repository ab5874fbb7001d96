import type { Geometry } from "geojson";
import { answerOf } from "../../api";
import type { LayerOfFile } from "../../own_layers";

/** A way to read the file's numbers, and where it puts the file. */
export interface Place {
  /** As it is sent back; null for a system without a code. */
  readonly crs: string | null;
  readonly name: string;
  readonly why: readonly string[];
  readonly area: Geometry | null;
  readonly is_used: boolean;
}

/** What the service saw in a file; without layers where a place must be chosen first. */
export interface Look {
  readonly file: string;
  readonly system: string | null;
  readonly says: string | null;
  readonly places: readonly Place[];
  readonly layers: readonly LayerOfFile[];
}

const MB = 1_000_000;

/** Several files of one name are one: a Shapefile comes as three or more. */
export function setsOf(files: readonly File[]): File[][] {
  const sets = new Map<string, File[]>();
  for (const file of files) {
    const stem = file.name.toLowerCase().replace(/\..*$/, "");
    sets.set(stem, [...(sets.get(stem) ?? []), file]);
  }
  return [...sets.values()];
}

export function isTooLarge(files: readonly File[], mostMb: number): boolean {
  return files.reduce((bytes, { size }) => bytes + size, 0) > mostMb * MB;
}

/** The service opens it and keeps nothing of it. */
export async function lookInto(address: string, language: string, files: readonly File[], crs: string | null, signal: AbortSignal): Promise<Look> {
  const form = new FormData();
  for (const file of files) form.append("file", file);
  if (crs !== null) form.append("crs", crs);
  const headers = { Accept: "application/json" };
  return answerOf<Look>(await fetch(`${address}?lang=${language}`, { method: "POST", body: form, headers, signal }));
}
