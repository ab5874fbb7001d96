import { expect, it } from "vitest";
import { numberIn, pairIn } from "./numbers";

it.each([["25,5", 25.5], [" 25.5 ", 25.5], ["-90", -90], ["", null], ["25 m", null]])("reads %o as %o", (text, number) => expect(numberIn(text)).toBe(number));

it.each([
  ["500100.5, 4250000.25", [500100.5, 4250000.25]],
  ["500100,5 4250000,25", [500100.5, 4250000.25]],
  ["500100,5; 4250000,25", [500100.5, 4250000.25]],
  ["38.42,27.13", [38.42, 27.13]],
  ["38.42", null],
  ["1 2 3", null],
  ["north, east", null],
])("reads the pair %o as %o", (text, pair) => expect(pairIn(text)).toEqual(pair));
