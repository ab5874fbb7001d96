import type { Command } from "../command";

export const COMMAND: Command = {
  id: "search",
  title: { tr: "Yer bul", en: "Find a place" },
  group: "map",
  key: "/",
  run: (desk) => desk.focusSearch(),
};
