import type { Command } from "../command";

export const COMMAND: Command = {
  id: "search",
  title: { tr: "Yer bul", en: "Find a place", fr: "Trouver un lieu" },
  group: "map",
  key: "/",
  run: (desk) => desk.focusSearch(),
};
