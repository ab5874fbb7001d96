import { afterEach, expect, it, vi } from "vitest";
import { addressOf, countOf, firstPage, type Question } from "./rows";

const question: Question = {
  items: "/api/collections/parcels/items",
  filter: "block_no = '7'",
  bbox: [27, 38, 28, 39],
  sortby: "-registered_area_m2",
  epoch: "7",
  language: "en",
};

afterEach(() => vi.unstubAllGlobals());

function answering(answer: unknown): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    return Response.json(answer);
  });
  return asked;
}

it("asks for a file with the words that the table was asked with", () => {
  const table = new URL(addressOf(question, { f: "json", limit: "50" }), "http://x").searchParams;
  const file = new URL(addressOf(question, { f: "csv" }), "http://x").searchParams;
  expect(table.get("epoch")).toBe("7");
  for (const name of ["filter", "bbox", "sortby", "epoch"]) expect(file.get(name)).toBe(table.get(name));
  expect(file.has("limit")).toBe(false);
});

it("goes from page to page by the service's own links", async () => {
  answering({ features: [], links: [{ rel: "next", href: "/items?after=x" }] });
  expect(await firstPage(question, new AbortController().signal)).toEqual({ features: [], next: "/items?after=x", previous: null });
});

it("counts exactly, without asking for an order", async () => {
  const asked = answering({ features: [], links: [], numberMatched: 2_000_000 });
  expect(await countOf(question, new AbortController().signal)).toBe(2_000_000);
  expect(asked[0]).toContain("count=exact");
  expect(asked[0]).not.toContain("sortby");
});
