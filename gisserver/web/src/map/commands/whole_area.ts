import type { Command } from "../command";

export const COMMAND: Command = {
  id: "whole_area",
  title: { tr: "Bütün alanı göster", en: "Show the whole area", fr: "Afficher tout le territoire" },
  group: "map",
  key: "0",
  run: (desk) => desk.view.showWholeArea(),
};
