import type { Desk } from "../../desk";
import { element } from "../../element";
import { layerWords } from "./words";

/** Under the layers, which map they lie on; nothing where the profile offers none. */
export function showBackgrounds(place: HTMLElement, { backgrounds, ...desk }: Pick<Desk, "backgrounds" | "language">): void {
  if (backgrounds.all.length === 0) return;
  const words = layerWords(desk);
  const choices: [id: string | null, title: string][] = [[null, words.noBackground], ...backgrounds.all.map(({ id, title }): [string, string] => [id, title])];
  const rows = choices.map(([id, title]) => {
    const choice = element("input", { type: "radio", name: "background" });
    choice.checked = (backgrounds.chosen?.id ?? null) === id;
    choice.addEventListener("change", () => backgrounds.choose(id));
    return element("label", { class: "map-layer" }, choice, element("span", {}, title));
  });
  place.replaceChildren(element("fieldset", { class: "map-theme" }, element("legend", {}, words.background), ...rows));
}
