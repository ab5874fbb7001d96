import type { Command } from "../command";

export const COMMAND: Command = {
  id: "key_sheet",
  title: { tr: "Klavye kısayolları", en: "Keys", fr: "Raccourcis clavier" },
  group: "work",
  key: "?",
  run: async (desk) => (await import("../key_sheet")).openKeySheet(desk),
};
