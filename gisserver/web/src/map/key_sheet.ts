import { COMMANDS, GROUPS } from "./command";
import type { Desk } from "./desk";
import { openDialog } from "./dialog";
import { element } from "./element";
import { Keys } from "./keys";

/** Every key that does something here, and the switch for single letters. */
export function openKeySheet(desk: Desk): void {
  const box = element("input", { type: "checkbox", checked: Keys.areOn });
  box.addEventListener("change", () => Keys.switch(box.checked));
  const lists = GROUPS.flatMap((group) => {
    const keyed = COMMANDS.filter((command) => command.group === group && command.key !== undefined);
    if (keyed.length === 0) return [];
    const rows = keyed.flatMap(({ key, title }) => [element("dt", {}, ...caps(key!)), element("dd", {}, desk.said(title))]);
    return [element("h3", {}, desk.words.groups[group] ?? group), element("dl", { class: "map-keys" }, ...rows)];
  });
  const onMap = desk.words.keysOnMap.flatMap(([key, what]) => [element("dt", {}, ...caps(key)), element("dd", {}, what)]);
  openDialog(
    desk.words.keys,
    desk.words.close,
    element("label", { class: "map-layer" }, box, desk.words.singleLetters),
    element("h3", {}, desk.words.mapTitleShort),
    element("dl", { class: "map-keys" }, ...onMap),
    ...lists,
  );
}

export function caps(key: string): HTMLElement[] {
  return key.split(/\+(?=.)/).map((cap) => element("kbd", {}, cap.length === 1 ? cap.toUpperCase() : cap));
}
