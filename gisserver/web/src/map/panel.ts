/** A panel that opens and closes by its heading; on a phone it is a sheet of which the heading peeks out. */
export function attachPanel(panel: HTMLElement, heading: HTMLButtonElement, isOpenAtFirst: boolean): (isOpen: boolean) => void {
  function setOpen(isOpen: boolean): void {
    heading.setAttribute("aria-expanded", String(isOpen));
    panel.classList.toggle("is-open", isOpen);
  }
  heading.addEventListener("click", () => setOpen(heading.getAttribute("aria-expanded") !== "true"));
  setOpen(isOpenAtFirst);
  return setOpen;
}
