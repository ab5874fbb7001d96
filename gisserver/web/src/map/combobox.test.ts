import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Choice, Combobox } from "./combobox";
import { element } from "./element";

const choices: Choice[] = [
  { title: "Konak", detail: "district" },
  { title: "Konak Meydanı", detail: null },
];

let input: HTMLInputElement;
let list: HTMLUListElement;
let combobox: Combobox<Choice>;
const chooser = { onChoose: vi.fn(), onSubmit: vi.fn() };

function press(key: string): void {
  input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

function active(): string | null | undefined {
  const id = input.getAttribute("aria-activedescendant");
  return id === null ? null : document.getElementById(id)?.firstChild?.textContent;
}

beforeEach(() => {
  vi.clearAllMocks();
  input = element("input");
  list = element("ul", { id: "places" });
  document.body.replaceChildren(input, list);
  combobox = new Combobox(input, list, chooser);
});

describe("a combobox", () => {
  it("is closed and says so until there is something to choose", () => {
    expect([list.hidden, input.getAttribute("aria-expanded")]).toEqual([true, "false"]);
    combobox.show(choices);
    expect([list.hidden, input.getAttribute("aria-expanded")]).toEqual([false, "true"]);
    combobox.show([]);
    expect(combobox.isOpen).toBe(false);
  });

  it("goes round with the arrow keys and tells which line is active", () => {
    combobox.show(choices);
    press("ArrowDown");
    expect(active()).toBe("Konak");
    press("ArrowUp");
    expect(active()).toBe("Konak Meydanı");
    press("ArrowDown");
    expect(active()).toBe("Konak");
  });

  it("chooses the active line with Enter", () => {
    combobox.show(choices);
    press("ArrowDown");
    press("Enter");
    expect(chooser.onChoose).toHaveBeenCalledWith(choices[0]);
    expect(chooser.onSubmit).not.toHaveBeenCalled();
    expect([input.value, combobox.isOpen]).toEqual(["Konak", false]);
  });

  it("asks with what was typed where no line is active", () => {
    input.value = " 1453. Sokak ";
    combobox.show(choices);
    press("Enter");
    expect(chooser.onSubmit).toHaveBeenCalledWith("1453. Sokak");
  });

  it("closes at the first Escape and empties at the second", () => {
    input.value = "Kon";
    combobox.show(choices);
    press("Escape");
    expect([combobox.isOpen, input.value]).toEqual([false, "Kon"]);
    press("Escape");
    expect(input.value).toBe("");
  });

  it("can be opened again with an arrow", () => {
    combobox.show(choices);
    press("Escape");
    press("ArrowDown");
    expect([combobox.isOpen, active()]).toEqual([true, "Konak"]);
  });

  it("takes a click anywhere on a line", () => {
    combobox.show(choices);
    list.querySelector("span")?.click();
    expect(chooser.onChoose).toHaveBeenCalledWith(choices[0]);
  });
});
