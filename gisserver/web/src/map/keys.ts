import type { Command } from "./command";

const SWITCH = "map-keys";

/** Single letters do something only while nobody writes, and only for who has not switched them off. */
export class Keys {
  readonly #commands: readonly Command[];
  readonly #run: (command: Command) => void;

  constructor(commands: readonly Command[], run: (command: Command) => void) {
    this.#commands = commands;
    this.#run = run;
    addEventListener("keydown", (event) => this.#onKey(event));
  }

  static get areOn(): boolean {
    return localStorage.getItem(SWITCH) !== "off";
  }

  static switch(areOn: boolean): void {
    localStorage.setItem(SWITCH, areOn ? "on" : "off");
  }

  #onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const pressed = keyOf(event);
    const command = this.#commands.find(({ key }) => key === pressed);
    if (command === undefined || isWritingIn(event.target)) return;
    if (!pressed.startsWith("Ctrl+") && !Keys.areOn) return;
    event.preventDefault();
    this.#run(command);
  }
}

function keyOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const letter = key.length === 1 ? key.toLowerCase() : key;
  if (!ctrlKey && !metaKey) return letter;
  return shiftKey ? `Ctrl+Shift+${letter}` : `Ctrl+${letter}`;
}

function isWritingIn(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog[open]") !== null) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "range", "button"].includes(target.type);
  return target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName);
}
