import { expect, it } from "vitest";
import { Journal } from "./journal";

function counting() {
  const journal = new Journal();
  let value = 0;
  const set = (to: number): void => {
    const from = value;
    value = to;
    journal.add({ undo: () => set(from), redo: () => set(to) });
  };
  return { journal, set, value: () => value };
}

it("takes back the last step and does it again", () => {
  const { journal, set, value } = counting();
  set(1);
  set(2);
  expect(journal.undo()).toBe(true);
  expect(value()).toBe(1);
  expect(journal.redo()).toBe(true);
  expect(value()).toBe(2);
});

it("forgets what was taken back once something else is done", () => {
  const { journal, set, value } = counting();
  set(1);
  journal.undo();
  set(5);
  expect(journal.redo()).toBe(false);
  expect(value()).toBe(5);
});

it("says so when there is nothing to take back", () => {
  expect(new Journal().undo()).toBe(false);
});

it("takes back what is half done before what is done, until it is let go", () => {
  const { journal, set, value } = counting();
  set(1);
  const corners = [1, 2];
  const letGo = journal.hold({ undo: () => corners.pop() !== undefined, redo: () => corners.push(3) > 0 });
  journal.undo();
  expect([corners, value()]).toEqual([[1], 1]);
  journal.redo();
  expect(corners).toEqual([1, 3]);
  letGo();
  journal.undo();
  expect([corners, value()]).toEqual([[1, 3], 0]);
});
