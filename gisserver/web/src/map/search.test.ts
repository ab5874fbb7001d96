import { beforeEach, describe, expect, it, vi } from "vitest";
import { Api, type Hit, type SearchAnswer } from "./api";
import { CONFIG } from "./config.sample";
import { element } from "./element";
import { type Found, Search } from "./search";
import { wordsIn } from "./words";

const konak: Hit = { kind: "district", title: "Konak", subtitle: null, lon: 27.1, lat: 38.4 };
const square: Hit = { kind: "place", title: "Konak Meydanı", subtitle: "Konak", lon: 27.12, lat: 38.41 };

const plan: Hit = { kind: "plan", title: "Plan 35-1", subtitle: null, lon: 27.1, lat: 38.4, layer: "plans", uid: "p" };
const parcel: Hit = { kind: "parcel", title: "7421/5", subtitle: null, lon: 27.1, lat: 38.4 };

let form: HTMLFormElement;
const seeker = { visit: vi.fn(), preview: vi.fn(), openPage: vi.fn() };
const measure = { title: "Measure", detail: "m", group: "Commands", pick: vi.fn() };
const things = (text: string): Found[] => (text.startsWith("meas") ? [measure] : []);

function answering(answer: Partial<SearchAnswer> | number): void {
  vi.stubGlobal("fetch", async () =>
    typeof answer === "number" ? new Response("", { status: answer }) : Response.json({ query: "", hits: [], ...answer }),
  );
}

function ask(text: string): void {
  input().value = text;
  press("Enter");
}

async function type(text: string): Promise<void> {
  input().value = text;
  input().dispatchEvent(new Event("input"));
  await vi.waitFor(() => expect(options().length).toBeGreaterThan(0));
}

function press(key: string): void {
  input().dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
}

function input(): HTMLInputElement {
  return form.querySelector("input")!;
}

function options(): string[] {
  return [...form.querySelectorAll("[role=option]")].map(({ firstChild }) => firstChild?.textContent ?? "");
}

function groups(): (string | null)[] {
  return [...form.querySelectorAll("[role=group]")].map((group) => group.getAttribute("aria-label"));
}

function says(): string | null | undefined {
  return form.querySelector("[role=status]")?.textContent;
}

beforeEach(() => {
  vi.clearAllMocks();
  form = element("form");
  document.body.replaceChildren(form);
  new Search(form, new Api(CONFIG, "en"), wordsIn("en"), { ...seeker, things });
});

describe("the search over the map", () => {
  it("goes to the only answer", async () => {
    answering({ hits: [konak] });
    ask("konak");
    await vi.waitFor(() => expect(seeker.visit).toHaveBeenCalledWith(konak));
  });

  it("offers choices instead of the first guess", async () => {
    answering({ hits: [konak, square], ambiguous: true, note: "Two places have this name." });
    ask("konak");
    await vi.waitFor(() => expect(form.querySelectorAll("[role=option]")).toHaveLength(2));
    expect(seeker.visit).not.toHaveBeenCalled();
    expect(says()).toBe("Two places have this name.");
  });

  it("says how to ask better where nothing was found", async () => {
    answering({ hits: [] });
    ask("konk");
    await vi.waitFor(() => expect(says()).toContain("“konk”"));
  });

  it("says what to do where the search does not answer", async () => {
    answering(503);
    ask("konak");
    await vi.waitFor(() => expect(says()).toContain("Try again"));
  });

  it("groups what it offers, parcels before places and plans", async () => {
    answering({ hits: [plan, square, konak, parcel] });
    await type("35");
    expect(groups()).toEqual(["Parcels", "Places", "Plans"]);
    expect(options()).toEqual(["7421/5", "Konak Meydanı", "Konak", "Plan 35-1", "Page of Plan 35-1"]);
  });

  it("previews the line that arrows have come to, and nothing once the list is closed", async () => {
    answering({ hits: [konak, square] });
    await type("konak");
    press("ArrowDown");
    expect(seeker.preview).toHaveBeenLastCalledWith(konak);
    press("End");
    expect(seeker.preview).toHaveBeenLastCalledWith(square);
    press("Escape");
    expect(seeker.preview).toHaveBeenLastCalledWith(null);
    expect(seeker.visit).not.toHaveBeenCalled();
  });

  it("leads to the page of a plan", async () => {
    answering({ hits: [plan] });
    await type("35-1");
    press("ArrowUp");
    press("Enter");
    expect(seeker.openPage).toHaveBeenCalledWith(plan);
  });

  it("does what a command says, and finds it where no place is called so", async () => {
    answering({ hits: [] });
    ask("meas");
    await vi.waitFor(() => expect(options()).toEqual(["Measure"]));
    press("ArrowDown");
    press("Enter");
    expect(measure.pick).toHaveBeenCalled();
    expect(input().value).toBe("");
  });

  it("still finds commands where the service is away", async () => {
    answering(503);
    await type("meas");
    expect(options()).toEqual(["Measure"]);
  });
});
