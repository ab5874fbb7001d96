import type { Desk } from "../../desk";
import { element } from "../../element";
import { layerWords } from "./words";

/** Under the layers, which map they lie on, where the profile offers any, and whether all is dark. */
export function showBackgrounds(place: HTMLElement, { backgrounds, night, ...desk }: Pick<Desk, "backgrounds" | "language" | "night">): void {
  const words = layerWords(desk);
  const dark = element("input", { type: "checkbox" });
  dark.checked = night.isOn;
  dark.addEventListener("change", () => night.set(dark.checked));
  const inDark = element("label", { class: "map-layer" }, dark, element("span", {}, words.night));
  if (backgrounds.all.length === 0) return place.replaceChildren(inDark);
  const choices: [id: string | null, title: string][] = [[null, words.noBackground], ...backgrounds.all.map(({ id, title }): [string, string] => [id, title])];
  const rows = choices.map(([id, title]) => {
    const choice = element("input", { type: "radio", name: "background" });
    choice.checked = (backgrounds.chosen?.id ?? null) === id;
    choice.addEventListener("change", () => backgrounds.choose(id));
    return element("label", { class: "map-layer" }, choice, element("span", {}, title));
  });
  place.replaceChildren(element("fieldset", { class: "map-theme" }, element("legend", {}, words.background), ...rows), inDark);
}
