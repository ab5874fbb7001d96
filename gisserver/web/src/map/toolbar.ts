import type { Command } from "./command";
import type { Desk } from "./desk";
import { drawn, element } from "./element";

/** The commands that have a place in it, as a row of buttons; arrows go along. */
export class Toolbar {
  readonly #desk: Desk;
  readonly #buttons = new Map<Command, HTMLButtonElement>();

  constructor(root: HTMLElement, commands: readonly Command[], desk: Desk, run: (command: Command) => void) {
    this.#desk = desk;
    const placed = commands.filter(({ place }) => place !== undefined).sort((one, other) => one.place! - other.place!);
    for (const command of placed) this.#buttons.set(command, this.#button(command, run));
    root.setAttribute("role", "toolbar");
    root.setAttribute("aria-label", desk.words.tools);
    root.replaceChildren(...this.#buttons.values());
    root.addEventListener("keydown", (event) => this.#onKey(event));
    this.update();
  }

  /** What is open stands out. */
  update(): void {
    for (const [command, button] of this.#buttons) {
      if (command.isOn !== undefined) button.setAttribute("aria-pressed", String(command.isOn(this.#desk)));
    }
  }

  #button(command: Command, run: (command: Command) => void): HTMLButtonElement {
    const sign = drawn("svg", { viewBox: "0 0 24 24", width: 22, height: 22, "aria-hidden": "true" });
    const stroke = { fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linejoin": "round", "stroke-linecap": "round" };
    sign.append(drawn("path", { d: command.sign ?? "", ...stroke }));
    const name = element("span", {}, this.#desk.said(command.title));
    const shortcut = command.key === undefined ? {} : { "aria-keyshortcuts": command.key.replace("Ctrl", "Control") };
    const button = element("button", { type: "button", class: "map-tool", "data-command": command.id, ...shortcut }, sign, name);
    button.addEventListener("click", () => run(command));
    return button;
  }

  #onKey(event: KeyboardEvent): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const buttons = [...this.#buttons.values()];
    const from = buttons.indexOf(event.target as HTMLButtonElement);
    if (step === 0 || from < 0) return;
    event.preventDefault();
    buttons[(from + step + buttons.length) % buttons.length]?.focus();
  }
}
