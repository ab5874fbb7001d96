import type { Command } from "../command";

export const COMMAND: Command = {
  id: "undo",
  title: { tr: "Son yapılanı geri al", en: "Take back the last step", fr: "Annuler la dernière étape" },
  group: "work",
  key: "Ctrl+z",
  run: (desk) => {
    if (!desk.journal.undo()) desk.tell(desk.words.nothingToUndo);
  },
};
