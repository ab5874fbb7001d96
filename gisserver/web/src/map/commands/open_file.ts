import type { Command } from "../command";

export const COMMAND: Command = {
  id: "open_file",
  title: { tr: "Dosya aç", en: "Open a file", fr: "Ouvrir un fichier" },
  group: "work",
  key: "o",
  isOn: (desk) => desk.isOpen("files"),
  run: (desk) => desk.toggle("files", () => import("../tools/files/tool")),
};
