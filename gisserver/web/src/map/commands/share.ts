import type { Command } from "../command";

export const COMMAND: Command = {
  id: "share",
  title: { tr: "Paylaş", en: "Share", fr: "Partager" },
  group: "work",
  key: "h",
  place: 85,
  sign: "M8 12l8-5M8 12l8 5M3 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M16 6a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M16 18a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0",
  isOn: (desk) => desk.isOpen("share"),
  run: (desk) => desk.toggle("share", () => import("../tools/share/tool")),
};
