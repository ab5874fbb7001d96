import { beforeEach, expect, test, vi } from "vitest";
import { attach, PAUSE } from "./refresh-while-waiting";

function list(content: string): HTMLElement {
  document.body.innerHTML = `<div data-address="/district?fragment=1">${content}</div>`;
  return document.querySelector("div")!;
}

function answers(...bodies: string[]): ReturnType<typeof vi.fn> {
  const fetching = vi.fn(async () => new Response(bodies.shift() ?? "", { status: 200 }));
  vi.stubGlobal("fetch", fetching);
  return fetching;
}

beforeEach(() => {
  vi.useFakeTimers();
});

test("a waiting list is asked for again until nothing waits", async () => {
  const element = list(`<p data-waiting>Being checked</p>`);
  const fetching = answers(`<p data-waiting>Still being checked</p>`, `<p>Checked</p>`);
  attach(element);
  await vi.advanceTimersByTimeAsync(PAUSE);
  expect(element.textContent).toBe("Still being checked");
  await vi.advanceTimersByTimeAsync(PAUSE * 3);
  expect(element.textContent).toBe("Checked");
  expect(fetching).toHaveBeenCalledTimes(2);
});

test("a settled list asks nothing", async () => {
  const fetching = answers();
  attach(list(`<p>Checked</p>`));
  await vi.advanceTimersByTimeAsync(PAUSE * 3);
  expect(fetching).not.toHaveBeenCalled();
});

test("a broken line leaves the list as it was and tries again", async () => {
  const element = list(`<p data-waiting>Being checked</p>`);
  const fetching = vi.fn(async () => Promise.reject(new TypeError("offline")));
  vi.stubGlobal("fetch", fetching);
  attach(element);
  await vi.advanceTimersByTimeAsync(PAUSE * 2);
  expect(element.textContent).toBe("Being checked");
  expect(fetching).toHaveBeenCalledTimes(2);
});

test("what the reader has the focus in is not taken away", async () => {
  const element = list(`<a href="#" data-waiting>Being checked</a>`);
  answers(`<p>Checked</p>`);
  element.querySelector("a")!.focus();
  attach(element);
  await vi.advanceTimersByTimeAsync(PAUSE);
  expect(element.textContent).toBe("Being checked");
});
