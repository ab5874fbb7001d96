import { expect, it } from "vitest";
import { matching } from "./doable";

const choices = ["Ölç: uzunluk ve alan", "Işıklı katmanı aç", "Take back the last step"].map((title) => ({ title, detail: null }));
const found = (text: string): string[] => matching(choices, text, "tr").map(({ title }) => title);

it("finds a command by the beginnings of its words, in any order", () => {
  expect(found("alan ölç")).toEqual(["Ölç: uzunluk ve alan"]);
  expect(found("las ste")).toEqual(["Take back the last step"]);
});

it("does not ask for accents, nor which i", () => {
  expect(found("olc")).toEqual(["Ölç: uzunluk ve alan"]);
  expect(found("isikli")).toEqual(["Işıklı katmanı aç"]);
});

it("shows all where nothing is written, none where nothing fits", () => {
  expect(found("")).toHaveLength(3);
  expect(found("yazdır")).toEqual([]);
});
