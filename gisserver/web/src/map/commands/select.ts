import type { Command } from "../command";

export const COMMAND: Command = {
  id: "select",
  title: { tr: "Seç", en: "Select", fr: "Sélectionner" },
  group: "ask",
  key: "s",
  place: 20,
  sign: "M4 4h4M12 4h4M20 4v4M20 12v4M20 20h-4M12 20H8M4 20v-4M4 12V8",
  isOn: (desk) => desk.isOpen("select"),
  run: (desk) => desk.toggle("select", () => import("../tools/select/tool")),
};
