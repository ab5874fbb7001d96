import { Zip, ZipPassThrough } from "fflate";

/** What a file of these endings needs beside it; as layers/core/inbox/several.py. */
const LEADING = [".shp", ".tab", ".mif"];
const PIECE = 1 << 20;
const NO_DATE = new Date(1980, 0, 1);

/** Several files as one archive that holds them as they are; the same files make the same archive. */
export async function packed(files: readonly File[]): Promise<File> {
  const parts: Blob[] = [];
  const archive = new Zip((trouble, bytes) => {
    if (trouble) throw trouble;
    // A Blob of its own lets the browser put it on disk.
    parts.push(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  });
  const sorted = files.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  for (const file of sorted) {
    const member = new ZipPassThrough(file.name);
    member.mtime = NO_DATE;
    archive.add(member);
    for (let start = 0; start < file.size; start += PIECE) {
      member.push(new Uint8Array(await file.slice(start, start + PIECE).arrayBuffer()));
    }
    member.push(new Uint8Array(0), true);
  }
  archive.end();
  const leading = sorted.find(({ name }) => LEADING.includes(ending(name).toLowerCase())) ?? sorted[0]!;
  return new File(parts, `${leading.name.slice(0, leading.name.length - ending(leading.name).length)}.zip`);
}

function ending(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot) : "";
}
