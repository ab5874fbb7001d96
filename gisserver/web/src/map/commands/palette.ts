import type { Command } from "../command";

export const COMMAND: Command = {
  id: "palette",
  title: { tr: "Komutlar", en: "Commands", fr: "Commandes" },
  group: "work",
  key: "Ctrl+k",
  place: 90,
  sign: "M5 12h.01M12 12h.01M19 12h.01",
  run: async (desk) => (await import("../palette")).openPalette(desk),
};
