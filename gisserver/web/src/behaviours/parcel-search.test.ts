import { beforeEach, expect, test, vi } from "vitest";
import { attach } from "./parcel-search";

let input: HTMLInputElement;
const list = () => document.querySelector<HTMLElement>("[role=listbox]")!;
const options = () => [...list().querySelectorAll("[role=option]")];

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `
    <form>
      <div data-suggest="/api/suggest?lang=en" data-answer="/answer/00000000-0000-0000-0000-000000000000"
           data-label="Suggestions"><input type="search" id="question"></div>
    </form>`;
  attach(document.querySelector("div")!);
  input = document.querySelector("input")!;
});

function suggests(...hits: { title: string; subtitle?: string; parcel_uid?: string }[]): ReturnType<typeof vi.fn> {
  const fetching = vi.fn(async (_question: URL) => Response.json({ hits }));
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
  const fetching = suggests({ title: "1453 Sokak 12", subtitle: "Alsancak" });
  await type("1453 sok");
  expect(fetching.mock.calls[0]![0].search).toBe("?lang=en&q=1453+sok");
  expect(options().map((option) => option.textContent)).toEqual(["1453 Sokak 12 Alsancak"]);
  expect(input.getAttribute("aria-expanded")).toBe("true");
});

test("one letter asks nothing", async () => {
  const fetching = suggests();
  await type("a");
  expect(fetching).not.toHaveBeenCalled();
});

test("the arrows go round the list and name the chosen one", async () => {
  suggests({ title: "A" }, { title: "B" });
  await type("street");
  press("ArrowUp");
  expect(input.getAttribute("aria-activedescendant")).toBe(options()[1]!.id);
  press("ArrowDown");
  expect(options()[0]!.getAttribute("aria-selected")).toBe("true");
});

test("Enter with nothing chosen sends the form as ever", async () => {
  suggests({ title: "A" });
  await type("street");
  expect(press("Enter").defaultPrevented).toBe(false);
});

test("Escape closes the list and keeps what was typed", async () => {
  suggests({ title: "A" });
  await type("street");
  press("Escape");
  expect(list().hidden).toBe(true);
  expect(input.value).toBe("street");
});

test("a suggestion's text is never read as markup", async () => {
  suggests({ title: "<img src=x>" });
  await type("street");
  expect(list().querySelector("img")).toBeNull();
});

test("choosing what has no parcel of its own asks for it by name", async () => {
  suggests({ title: "1453 Sokak", subtitle: "Alsancak, Konak" });
  await type("1453");
  const sent = vi.fn();
  input.form!.requestSubmit = sent;
  press("ArrowDown");
  expect(press("Enter").defaultPrevented).toBe(true);
  expect(input.value).toBe("1453 Sokak, Alsancak, Konak");
  expect(sent).toHaveBeenCalledOnce();
});
