import type { Command } from "../command";

export const COMMAND: Command = {
  id: "statistics",
  title: { tr: "İstatistik", en: "Statistics", fr: "Statistiques" },
  group: "ask",
  key: "g",
  place: 35,
  sign: "M4 20V10M10 20V4M16 20v-8M22 20H2",
  isOn: (desk) => desk.isOpen("statistics"),
  run: (desk) => desk.toggle("statistics", () => import("../tools/statistics/tool")),
};
