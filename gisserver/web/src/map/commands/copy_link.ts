import type { Command } from "../command";

export const COMMAND: Command = {
  id: "copy_link",
  title: { tr: "Bu görünümün bağlantısını kopyala", en: "Copy a link to this view", fr: "Copier un lien vers cette vue" },
  group: "work",
  run: async (desk) => {
    await navigator.clipboard.writeText(location.href);
    desk.tell(desk.words.linkCopied);
  },
};
