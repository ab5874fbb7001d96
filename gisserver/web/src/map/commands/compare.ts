import type { Command } from "../command";

export const COMMAND: Command = {
  id: "compare",
  title: { tr: "Karşılaştır", en: "Compare", fr: "Comparer" },
  group: "compare",
  key: "c",
  place: 60,
  sign: "M12 3v18M4 6h5v12H4zM15 6h5v12h-5z",
  isOn: (desk) => desk.isOpen("compare"),
  run: (desk) => desk.toggle("compare", () => import("../tools/compare/tool")),
};
