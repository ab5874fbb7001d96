import { expect, test } from "vitest";
import { Pace, spelledDuration, spelledRate } from "./pace";

test("the rate is that of the last seconds", () => {
  const pace = new Pace();
  for (let second = 0; second <= 60; second++) pace.note(second * 1000, second * 1000);
  for (let second = 1; second <= 12; second++) pace.note(60_000 + second * 5000, 60_000 + second * 1000);
  expect(pace.rate).toBe(5000);
  expect(pace.left(170_000)).toBe(10);
});

test("nothing is said of the rate before there is one", () => {
  const pace = new Pace();
  pace.note(500_000, 0);
  expect(pace.rate).toBeNull();
  expect(pace.left(1_000_000)).toBeNull();
});

test("a pause does not count as slowness", () => {
  const pace = new Pace();
  pace.note(0, 0);
  pace.note(1000, 1000);
  pace.rest();
  pace.note(1000, 600_000);
  pace.note(3000, 601_000);
  expect(pace.rate).toBe(2000);
});

test("numbers are spelled in the reader's language", () => {
  expect(spelledRate(1_240_000, "en")).toBe("1.2 MB/s");
  expect(spelledRate(45_300, "tr")).toMatch(/^45 kB\/sn/);
  expect(spelledDuration(200, "en")).toBe("3 minutes");
  expect(spelledDuration(7000, "tr")).toBe("2 saat");
});
