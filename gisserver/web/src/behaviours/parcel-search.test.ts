import { beforeEach, expect, test, vi } from "vitest";
import { attach } from "./parcel-search";

let input: HTMLInputElement;
const list = () => document.querySelector<HTMLElement>("[role=listbox]")!;
const options = () => [...list().querySelectorAll("[role=option]")];

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `
    <div data-suggest="/api/suggest" data-label="Suggestions"><input type="search" id="question"></div>`;
  attach(document.querySelector("div")!);
  input = document.querySelector("input")!;
});

function suggests(...suggestions: { title: string; detail?: string; url: string }[]): ReturnType<typeof vi.fn> {
  const fetching = vi.fn(async () => Response.json({ suggestions }));
  vi.stubGlobal("fetch", fetching);
  return fetching;
}

async function type(text: string): Promise<void> {
  input.value = text;
  input.dispatchEvent(new Event("input"));
  await vi.advanceTimersByTimeAsync(500);
}

function press(key: string): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, cancelable: true });
  input.dispatchEvent(event);
  return event;
}

test("typing shows suggestions and says so to a screen reader", async () => {
  const fetching = suggests({ title: "1453 Sokak 12", detail: "Alsancak", url: "/answer/1" });
  await type("1453 sok");
  expect(fetching).toHaveBeenCalledWith("/api/suggest?q=1453%20sok", expect.anything());
  expect(options().map((option) => option.textContent)).toEqual(["1453 Sokak 12 Alsancak"]);
  expect(input.getAttribute("aria-expanded")).toBe("true");
});

test("one letter asks nothing", async () => {
  const fetching = suggests();
  await type("a");
  expect(fetching).not.toHaveBeenCalled();
});

test("the arrows go round the list and name the chosen one", async () => {
  suggests({ title: "A", url: "/answer/1" }, { title: "B", url: "/answer/2" });
  await type("street");
  press("ArrowUp");
  expect(input.getAttribute("aria-activedescendant")).toBe(options()[1]!.id);
  press("ArrowDown");
  expect(options()[0]!.getAttribute("aria-selected")).toBe("true");
});

test("Enter with nothing chosen sends the form as ever", async () => {
  suggests({ title: "A", url: "/answer/1" });
  await type("street");
  expect(press("Enter").defaultPrevented).toBe(false);
});

test("Escape closes the list and keeps what was typed", async () => {
  suggests({ title: "A", url: "/answer/1" });
  await type("street");
  press("Escape");
  expect(list().hidden).toBe(true);
  expect(input.value).toBe("street");
});

test("a suggestion's text is never read as markup", async () => {
  suggests({ title: "<img src=x>", url: "/answer/1" });
  await type("street");
  expect(list().querySelector("img")).toBeNull();
});
