import { Combobox } from "./combobox";
import type { Desk } from "./desk";
import { openDialog } from "./dialog";
import { commandChoices, type Doable, layerChoices, matching } from "./doable";
import { element } from "./element";

/** Every command and every layer by a few letters of its name. */
export function openPalette(desk: Desk): void {
  const input = element("input", { id: "map-palette-input", type: "search", autocomplete: "off", spellcheck: "false" });
  const list = element("div", { id: "map-palette-list", class: "map-choices", "aria-label": desk.words.commands });
  const says = element("p", { role: "status", class: "soft" });
  const form = element("div", { class: "map-palette" }, element("label", { for: input.id }, desk.words.commandHint), input, list, says);
  const dialog = openDialog(desk.words.commands, desk.words.close, form);
  const choices = [...commandChoices(desk), ...layerChoices(desk)];
  const combobox = new Combobox<Doable>(input, list, {
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
