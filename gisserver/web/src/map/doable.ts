import type { Choice } from "./combobox";
import { type Command, COMMANDS } from "./command";
import type { Desk } from "./desk";
import type { Found } from "./search";

const MOST = 4;

/** Something that a few letters of its name do. */
export interface Doable extends Choice {
  readonly run: () => void | Promise<void>;
}

export function commandChoices(desk: Desk): Doable[] {
  const usable = COMMANDS.filter(({ id }) => id !== "palette");
  return usable.map((command: Command) => ({
    title: desk.said(command.title),
    detail: command.key ?? null,
    run: () => command.run(desk),
  }));
}

export function layerChoices(desk: Desk): Doable[] {
  return desk.layers.all.map(({ id, title }) => {
    const isShown = desk.layers.state(id)?.isShown ?? false;
    const what = isShown ? desk.words.switchOff(title) : desk.words.switchOn(title);
    return { title: what, detail: null, run: () => desk.layers.change(id, { isShown: !isShown }) };
  });
}

/** For the search box, where places come first: a few of each kind. */
export function thingsNamed(text: string, desk: Desk): Found[] {
  const { found } = desk.words;
  const those = (group: string, choices: Doable[]): Found[] =>
    matching(choices, text, desk.language)
      .slice(0, MOST)
      .map(({ title, detail, run }) => ({ title, detail, group, pick: () => void run() }));
  // In a frame of another page there are no tools.
  const commands = desk.config.is_embedded ? [] : commandChoices(desk);
  return [...those(found.layer, layerChoices(desk)), ...those(found.command, commands)];
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
