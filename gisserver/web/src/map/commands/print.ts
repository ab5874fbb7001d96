import type { Command } from "../command";

export const COMMAND: Command = {
  id: "print",
  title: { tr: "Yazdır", en: "Print", fr: "Imprimer" },
  group: "work",
  key: "p",
  place: 80,
  sign: "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
  isOn: (desk) => desk.isOpen("print"),
  run: (desk) => desk.toggle("print", () => import("../tools/print/tool")),
};
