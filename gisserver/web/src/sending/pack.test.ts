import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { packed } from "./pack";

const bytes = async (file: Blob) => new Uint8Array(await file.arrayBuffer());
const text = (content: Uint8Array) => new TextDecoder().decode(content);

test("an archive is called after the file whose companions the others are", async () => {
  const file = await packed([new File(["b"], "ada 12.dbf"), new File(["a"], "ada 12.shp"), new File(["c"], "ada 12.shx")]);
  expect(file.name).toBe("ada 12.zip");
  const inside = unzipSync(await bytes(file));
  expect(Object.keys(inside)).toEqual(["ada 12.dbf", "ada 12.shp", "ada 12.shx"]);
  expect(text(inside["ada 12.shp"]!)).toBe("a");
});

test("files are stored as they are, whatever their size and name", async () => {
  const large = "parsel".repeat(400_000);
  const file = await packed([new File([large], "çiğli.tab"), new File([""], "çiğli.dat")]);
  expect(file.size).toBeGreaterThan(large.length);
  const inside = unzipSync(await bytes(file));
  expect(text(inside["çiğli.tab"]!)).toBe(large);
  expect(inside["çiğli.dat"]!.length).toBe(0);
});

test("the same files make the same archive, in whatever order they were chosen", async () => {
  const files = [new File(["a"], "a.mif", { lastModified: 1 }), new File(["b"], "a.mid", { lastModified: 2 })];
  expect(await bytes(await packed(files))).toEqual(await bytes(await packed(files.toReversed())));
});
