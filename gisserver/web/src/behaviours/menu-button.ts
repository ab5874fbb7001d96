/** A button that opens what it controls; Escape, or a tap elsewhere, closes it again. */
export function attach(button: HTMLElement): void {
  const menu = document.getElementById(button.getAttribute("aria-controls")!)!;
  const isOpen = (): boolean => button.getAttribute("aria-expanded") === "true";
  const set = (open: boolean): void => button.setAttribute("aria-expanded", String(open));
  button.addEventListener("click", () => set(!isOpen()));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    set(false);
    button.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!menu.contains(target as Node) && !button.contains(target as Node)) set(false);
  });
}
