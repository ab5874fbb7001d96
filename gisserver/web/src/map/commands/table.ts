import type { Command } from "../command";

export const COMMAND: Command = {
  id: "table",
  title: { tr: "Tablo", en: "Table", fr: "Tableau" },
  group: "ask",
  key: "t",
  place: 30,
  sign: "M3 5h18v14H3zM3 10h18M3 15h18M9 5v14",
  isOn: (desk) => desk.isOpen("table"),
  run: (desk) => desk.toggle("table", () => import("../tools/table/tool")),
};
