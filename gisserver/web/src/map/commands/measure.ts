import type { Command } from "../command";

export const COMMAND: Command = {
  id: "measure",
  title: { tr: "Ölç", en: "Measure", fr: "Mesurer" },
  group: "draw",
  key: "m",
  place: 40,
  sign: "M3 16L16 3l5 5L8 21zM7 12l2 2M10 9l2 2M13 6l2 2",
  isOn: (desk) => desk.isOpen("measure"),
  run: (desk) => desk.toggle("measure", () => import("../tools/measure/tool")),
};
