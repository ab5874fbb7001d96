import { expect, it, vi } from "vitest";
import { Unanswered } from "../../api";
import type { Desk } from "../../desk";
import { codesIn, linkToAll, sharedDrawings } from "./several";
import { type Kept, sharedDrawing } from "./sharing";

vi.mock(import("./sharing"), async (real) => ({ ...(await real()), sharedDrawing: vi.fn() }));

const [ONE, TWO, EDIT] = ["a".repeat(24), "b-".repeat(12), "e_".repeat(12)];
const drawing = (view: string): Kept => ({ view, title: "", features: [], groups: [], version: 1, may_edit: false });

it("finds codes in links of one and of several drawings, each once", () => {
  const pasted = `https://a.example/map#map=1/2/3&drawing=${ONE}\nhttps://a.example/map#drawing=${TWO},${ONE}&tool=draw  ${EDIT}`;
  expect(codesIn(pasted)).toEqual({ codes: [ONE, TWO, EDIT], senseless: [] });
});

it("says what is no link to a drawing", () => {
  expect(codesIn(`${ONE} https://a.example/map#map=1/2/3 hello`).senseless).toEqual(["https://a.example/map#map=1/2/3", "hello"]);
  expect(codesIn("  ")).toEqual({ codes: [], senseless: [] });
});

it("never puts the code to change a drawing into the link", async () => {
  vi.mocked(sharedDrawing).mockImplementation(async (_, code) => (code === EDIT ? { ...drawing(TWO), may_edit: true } : drawing(code)));
  const { kept } = await sharedDrawings({} as Desk, [ONE, EDIT, TWO]);
  expect(linkToAll(kept)).toMatch(new RegExp(`#drawing=${ONE},${TWO}$`));
});

it("leaves out what nobody shares any more, and fails where the service is away", async () => {
  vi.mocked(sharedDrawing).mockImplementation(async (_, code) => {
    if (code === TWO) throw new Unanswered("404", null, 404);
    return drawing(code);
  });
  expect(await sharedDrawings({} as Desk, [ONE, TWO])).toEqual({ kept: [drawing(ONE)], gone: 1 });
  vi.mocked(sharedDrawing).mockRejectedValue(new TypeError("away"));
  await expect(sharedDrawings({} as Desk, [ONE])).rejects.toThrow("away");
});
