import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Choice, Combobox } from "./combobox";
import { element } from "./element";

const choices: Choice[] = [
  { title: "Konak", detail: "district" },
  { title: "Konak Meydanı", detail: null },
];

let input: HTMLInputElement;
let list: HTMLElement;
let combobox: Combobox<Choice>;
const chooser = { onChoose: vi.fn(), onSubmit: vi.fn(), onPreview: vi.fn() };

function press(key: string): void {
  input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

function active(): string | null | undefined {
  const id = input.getAttribute("aria-activedescendant");
  return id === null ? undefined : document.getElementById(id)?.firstChild?.textContent;
}

beforeEach(() => {
  vi.clearAllMocks();
  input = element("input");
  list = element("div", { id: "places" });
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

  it("goes to the ends with Home and End, once a line is active", () => {
    combobox.show(choices);
    press("End");
    expect(active()).toBeUndefined();
    press("ArrowDown");
    press("End");
    expect(active()).toBe("Konak Meydanı");
    press("Home");
    expect(active()).toBe("Konak");
  });

  it("puts neighbours of one group under its heading", () => {
    combobox.show(choices.map((choice) => ({ ...choice, group: "Places" })));
    const group = list.querySelector("[role=group]");
    expect(group?.getAttribute("aria-label")).toBe("Places");
    expect(group?.querySelectorAll("[role=option]")).toHaveLength(2);
    list.querySelectorAll("span")[1]?.click();
    expect(chooser.onChoose).toHaveBeenCalledTimes(1);
  });

  it("shows what a mouse is over, and a finger chooses without it", () => {
    combobox.show(choices);
    const point = (pointerType: string): boolean =>
      list.querySelector("[role=option]")!.dispatchEvent(Object.assign(new Event("pointermove", { bubbles: true }), { pointerType }));
    point("touch");
    expect(chooser.onPreview).not.toHaveBeenCalled();
    point("mouse");
    expect(chooser.onPreview).toHaveBeenLastCalledWith(choices[0]);
    list.dispatchEvent(new Event("pointerleave"));
    expect(chooser.onPreview).toHaveBeenLastCalledWith(null);
  });
});
