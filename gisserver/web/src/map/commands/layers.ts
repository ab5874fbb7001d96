import type { Command } from "../command";

export const COMMAND: Command = {
  id: "layers",
  title: { tr: "Katmanlar", en: "Layers", fr: "Couches" },
  group: "map",
  key: "l",
  place: 10,
  sign: "M12 3l9 5-9 5-9-5zM3 12l9 5 9-5M3 16l9 5 9-5",
  isOn: (desk) => desk.isOpen("layers"),
  run: (desk) => desk.toggle("layers", () => import("../tools/layers/tool")),
};
