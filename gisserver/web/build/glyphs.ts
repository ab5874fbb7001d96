import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import TinySDF from "@mapbox/tiny-sdf";
import { PbfWriter } from "pbf";
import type { Plugin } from "vite";

// Letters that the typeface lacks must stay missing instead of coming from whatever this machine has installed.
process.env["DISABLE_SYSTEM_FONTS_LOAD"] = "1";
const { createCanvas, GlobalFonts } = await import("@napi-rs/canvas");

const PACKAGE = join(import.meta.dirname, "../node_modules/@fontsource-variable/source-sans-3");
const SUBSETS = ["latin", "latin-ext"];
const STACKS = { "Source Sans 3 Regular": 400, "Source Sans 3 SemiBold": 600 };
const BUFFER = 3;
/** From the top of the line, where a glyph file counts from, to the baseline; MapLibre shifts its own glyphs alike. */
const BASELINE = 27;
const SIZE = 24;
const RANGE = 256;
const MISSING = 0xffff;
/** What stands before the space are control characters: nobody sees them, and not every canvas draws a zero. */
const FIRST = 0x20;

/** Draws on a canvas that needs no browser. */
class Pen extends TinySDF {
  _createCanvas(size: number): HTMLCanvasElement {
    return createCanvas(size, size) as unknown as HTMLCanvasElement;
  }

  /** Of a typeface with all weights in one file this canvas takes the thinnest unless it is told. */
  weigh(weight: number): void {
    const { ctx } = this as unknown as { ctx: { fontVariationSettings: string } };
    ctx.fontVariationSettings = `"wght" ${weight}`;
  }
}

type Glyph = ReturnType<TinySDF["draw"]>;
type Face = ReadonlyMap<number, Glyph>;

/** Cut the typeface into the signed distance fields that map styles name as `glyphs`. */
export function glyphs(output: string): Plugin {
  return {
    name: "glyphs",
    apply: "build",
    async closeBundle() {
      const written = createHash("sha256");
      const stacks: Record<string, number[]> = {};
      const letters = await lettersOfSubsets();
      for (const [stack, weight] of Object.entries(STACKS)) {
        const folder = join(output, "fonts", stack);
        await mkdir(folder, { recursive: true });
        const ranges = inRanges(drawFace(letters, weight));
        for (const [start, face] of ranges) {
          const file = encode(stack, start, face);
          written.update(file);
          await writeFile(join(folder, `${start}-${start + RANGE - 1}.pbf`), file);
        }
        stacks[stack] = [...ranges.keys()];
      }
      const contents = { digest: written.digest("hex").slice(0, 16), stacks };
      await writeFile(join(output, "fonts/contents.json"), JSON.stringify(contents));
      await copyFile(join(PACKAGE, "LICENSE"), join(output, "fonts/LICENSE"));
    },
  };
}

/** Each letter's subset of the typeface, as the package says it; the first that has it wins. */
async function lettersOfSubsets(): Promise<Map<number, string>> {
  const ranges = JSON.parse(await readFile(join(PACKAGE, "unicode.json"), "utf8")) as Record<string, string>;
  const letters = new Map<number, string>();
  for (const subset of SUBSETS) {
    GlobalFonts.registerFromPath(join(PACKAGE, `files/source-sans-3-${subset}-wght-normal.woff2`), subset);
    for (const letter of codePoints(ranges[subset] ?? ""))
      if (letter >= FIRST && !letters.has(letter)) letters.set(letter, subset);
  }
  return letters;
}

/** "U+0000-00FF, U+0131" as numbers. */
function* codePoints(ranges: string): Generator<number> {
  for (const [, first = "", last = first] of ranges.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)) {
    for (let letter = Number.parseInt(first, 16); letter <= Number.parseInt(last, 16); letter++) yield letter;
  }
}

function drawFace(letters: ReadonlyMap<number, string>, weight: number): Face {
  const face = new Map<number, Glyph>();
  for (const subset of SUBSETS) {
    const pen = new Pen({ fontSize: SIZE, buffer: BUFFER, fontFamily: subset, fontWeight: String(weight) });
    pen.weigh(weight);
    const box = pen.draw(String.fromCodePoint(MISSING));
    for (const [letter, from] of letters) {
      if (from !== subset) continue;
      const glyph = pen.draw(String.fromCodePoint(letter));
      if (!isSame(glyph, box)) face.set(letter, glyph);
    }
  }
  return face;
}

/** A letter that is not in the typeface is drawn as the same box as any other. */
function isSame(one: Glyph, other: Glyph): boolean {
  return one.width === other.width && Buffer.compare(Buffer.from(one.data), Buffer.from(other.data)) === 0;
}

function inRanges(face: Face): Map<number, Face> {
  const starts = new Set([...face.keys()].map((letter) => letter - (letter % RANGE)).sort((a, b) => a - b));
  const within = (start: number): Face =>
    new Map([...face].filter(([letter]) => letter >= start && letter < start + RANGE).sort(([a], [b]) => a - b));
  return new Map([...starts].map((start) => [start, within(start)]));
}

const VARINT = 0;
const BYTES = 2;

/** The message `glyphs { fontstack { name, range, glyph* } }` of Mapbox's glyph files. */
function encode(stack: string, start: number, face: Face): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeMessage(1, writeStack, { stack, start, face });
  return pbf.finish();
}

function writeStack({ stack, start, face }: { stack: string; start: number; face: Face }, pbf: PbfWriter): void {
  pbf.writeTag(1, BYTES);
  pbf.writeString(stack);
  pbf.writeTag(2, BYTES);
  pbf.writeString(`${start}-${start + RANGE - 1}`);
  for (const [letter, glyph] of face) pbf.writeMessage(3, writeGlyph, { letter, glyph });
}

function writeGlyph({ letter, glyph }: { letter: number; glyph: Glyph }, pbf: PbfWriter): void {
  pbf.writeTag(1, VARINT);
  pbf.writeVarint(letter);
  // A space has a width to go on by, and no ink.
  if (glyph.glyphWidth > 0 && glyph.glyphHeight > 0) {
    pbf.writeTag(2, BYTES);
    pbf.writeBytes(new Uint8Array(glyph.data));
  }
  pbf.writeTag(3, VARINT);
  pbf.writeVarint(glyph.glyphWidth);
  pbf.writeTag(4, VARINT);
  pbf.writeVarint(glyph.glyphHeight);
  pbf.writeTag(5, VARINT);
  pbf.writeSVarint(glyph.glyphLeft);
  pbf.writeTag(6, VARINT);
  pbf.writeSVarint(glyph.glyphTop - BASELINE);
  pbf.writeTag(7, VARINT);
  pbf.writeVarint(Math.round(glyph.glyphAdvance));
}
