/** A button that only a script can make work stays hidden until the script is there. */
export function attach(element: HTMLElement): void {
  element.hidden = false;
  element.addEventListener("click", () => window.print());
}
