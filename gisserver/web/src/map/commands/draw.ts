import type { Command } from "../command";

export const COMMAND: Command = {
  id: "draw",
  title: { tr: "Çiz", en: "Draw", fr: "Dessiner" },
  group: "draw",
  key: "d",
  place: 50,
  sign: "M4 20l1-5L16 4l4 4L9 19zM13 7l4 4",
  isOn: (desk) => desk.isOpen("draw"),
  run: (desk) => desk.toggle("draw", () => import("../tools/draw/tool")),
};
