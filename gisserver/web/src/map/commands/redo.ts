import type { Command } from "../command";

export const COMMAND: Command = {
  id: "redo",
  title: { tr: "Geri alınanı yinele", en: "Do it again", fr: "Rétablir" },
  group: "work",
  key: "Ctrl+Shift+z",
  run: (desk) => {
    if (!desk.journal.redo()) desk.tell(desk.words.nothingToRedo);
  },
};
