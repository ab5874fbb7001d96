import { beforeEach, expect, test, vi } from "vitest";
import { attach } from "./file-drop";

let zone: HTMLElement;

beforeEach(() => {
  document.body.innerHTML = `<div id="zone"><input type="file" multiple></div>`;
  zone = document.querySelector<HTMLElement>("#zone")!;
  attach(zone);
});

function drop(files: File[]): DragEvent {
  const event = new Event("drop", { bubbles: true, cancelable: true }) as DragEvent;
  Object.defineProperty(event, "dataTransfer", { value: { files } });
  zone.dispatchEvent(event);
  return event;
}

test("dropped files become the files of the input", () => {
  const input = zone.querySelector("input")!;
  const taken = vi.fn();
  Object.defineProperty(input, "files", { set: taken, get: () => null });
  const files = [new File(["x"], "parcels.shp"), new File(["y"], "parcels.dbf")];
  const event = drop(files);
  expect(taken).toHaveBeenCalledWith(files);
  expect(event.defaultPrevented).toBe(true);
});

test("the zone shows that a file is over it, and only then", () => {
  zone.dispatchEvent(new Event("dragover", { cancelable: true }));
  expect(zone.classList.contains("is-over")).toBe(true);
  zone.dispatchEvent(new Event("dragleave"));
  expect(zone.classList.contains("is-over")).toBe(false);
});

test("dropping text changes nothing", () => {
  const changed = vi.fn();
  zone.addEventListener("change", changed);
  drop([]);
  expect(changed).not.toHaveBeenCalled();
});
