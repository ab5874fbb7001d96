import { beforeEach, describe, expect, it, vi } from "vitest";
import { Api, type Hit, type SearchAnswer } from "./api";
import { CONFIG } from "./config.sample";
import { element } from "./element";
import { Search } from "./search";
import { wordsIn } from "./words";

const konak: Hit = { kind: "district", title: "Konak", subtitle: null, lon: 27.1, lat: 38.4 };
const square: Hit = { kind: "place", title: "Konak Meydanı", subtitle: "Konak", lon: 27.12, lat: 38.41 };

let form: HTMLFormElement;
const onHit = vi.fn();

function answering(answer: Partial<SearchAnswer> | number): void {
  vi.stubGlobal("fetch", async () =>
    typeof answer === "number" ? new Response("", { status: answer }) : Response.json({ query: "", hits: [], ...answer }),
  );
}

function ask(text: string): void {
  const input = form.querySelector("input");
  if (input === null) throw new Error("The form has no input.");
  input.value = text;
  input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
}

function says(): string | null | undefined {
  return form.querySelector("[role=status]")?.textContent;
}

beforeEach(() => {
  onHit.mockClear();
  form = element("form");
  document.body.replaceChildren(form);
  new Search(form, new Api(CONFIG, "en"), wordsIn("en"), onHit);
});

describe("the search over the map", () => {
  it("goes to the only answer", async () => {
    answering({ hits: [konak] });
    ask("konak");
    await vi.waitFor(() => expect(onHit).toHaveBeenCalledWith(konak));
  });

  it("offers choices instead of the first guess", async () => {
    answering({ hits: [konak, square], ambiguous: true, note: "Two places have this name." });
    ask("konak");
    await vi.waitFor(() => expect(form.querySelectorAll("[role=option]")).toHaveLength(2));
    expect(onHit).not.toHaveBeenCalled();
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
});
