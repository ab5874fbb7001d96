import { element } from "./element";

/** A button of a panel. */
export function chip(title: string, onPress: () => void): HTMLButtonElement {
  const button = element("button", { type: "button", class: "map-chip" }, title);
  button.addEventListener("click", onPress);
  return button;
}

/** Buttons of which one is pressed at a time. */
export function choice<Key extends string>(
  label: string,
  titles: readonly (readonly [Key, string])[],
  onChoose: (key: Key) => void,
  atFirst: Key | null = null,
): HTMLElement {
  const buttons = titles.map(([key, title]) => {
    const button = chip(title, () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      onChoose(key);
    });
    button.setAttribute("aria-pressed", String(key === atFirst));
    return button;
  });
  return element("div", { class: "map-chips", role: "group", "aria-label": label }, ...buttons);
}
