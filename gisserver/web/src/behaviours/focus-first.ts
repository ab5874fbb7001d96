/** A list of errors takes the focus when the page opens, so that nobody has to look for it. */
export function attach(element: HTMLElement): void {
  element.focus();
}
