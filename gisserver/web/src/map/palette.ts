import { type Choice, Combobox } from "./combobox";
import { type Command, COMMANDS } from "./command";
import type { Desk } from "./desk";
import { openDialog } from "./dialog";
import { element } from "./element";

interface CommandChoice extends Choice {
  readonly run: () => void | Promise<void>;
}

/** Every command and every layer by a few letters of its name. */
export function openPalette(desk: Desk): void {
  const input = element("input", { id: "map-palette-input", type: "search", autocomplete: "off", spellcheck: "false" });
  const list = element("ul", { id: "map-palette-list", class: "map-choices", "aria-label": desk.words.commands });
  const says = element("p", { role: "status", class: "soft" });
  const form = element("div", { class: "map-palette" }, element("label", { for: input.id }, desk.words.commandHint), input, list, says);
  const dialog = openDialog(desk.words.commands, desk.words.close, form);
  const choices = [...commandChoices(desk), ...layerChoices(desk)];
  const combobox = new Combobox<CommandChoice>(input, list, {
    onChoose: (choice) => {
      dialog.close();
      void choice.run();
    },
    onSubmit: () => input.focus(),
  });
  const show = (): void => {
    const found = matching(choices, input.value, desk.language);
    combobox.show(found);
    says.textContent = found.length === 0 ? desk.words.noCommand : "";
  };
  input.addEventListener("input", show);
  input.focus();
  show();
}

/** All words have to begin a word of the title; capitals and accents make no difference. */
export function matching<Kind extends Choice>(choices: readonly Kind[], text: string, language: string): Kind[] {
  const wanted = words(text, language);
  return choices.filter(({ title }) => {
    const have = words(title, language);
    return wanted.every((word) => have.some((one) => one.startsWith(word)));
  });
}

function words(text: string, language: string): string[] {
  const plain = text.toLocaleLowerCase(language).normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ı", "i");
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}

function commandChoices(desk: Desk): CommandChoice[] {
  const usable = COMMANDS.filter(({ id }) => id !== "palette");
  return usable.map((command: Command) => ({
    title: desk.said(command.title),
    detail: command.key ?? null,
    run: () => command.run(desk),
  }));
}

function layerChoices(desk: Desk): CommandChoice[] {
  return desk.layers.all.map(({ id, title }) => {
    const isShown = desk.layers.state(id)?.isShown ?? false;
    const what = isShown ? desk.words.switchOff(title) : desk.words.switchOn(title);
    return { title: what, detail: null, run: () => desk.layers.change(id, { isShown: !isShown }) };
  });
}
