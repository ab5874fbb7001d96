import type { Command } from "../command";

export const COMMAND: Command = {
  id: "here",
  title: { tr: "Haritanın ortasında ne var?", en: "What is in the middle of the map?", fr: "Qu’y a-t-il au centre de la carte\u202f?" },
  group: "ask",
  key: "i",
  run: (desk) => desk.lookAtMiddle(),
};
