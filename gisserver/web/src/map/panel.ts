import { element } from "./element";

/** A panel beside the map that opens and closes by its heading; on a phone a sheet of which the heading peeks out. */
export class Panel {
  readonly root: HTMLElement;
  readonly body: HTMLElement;
  readonly #heading: HTMLButtonElement;

  constructor(root: HTMLElement, isOpenAtFirst: boolean) {
    this.root = root;
    this.#heading = element("button", { type: "button", id: `${root.id}-heading`, "aria-controls": `${root.id}-body` });
    this.body = element("div", { id: `${root.id}-body`, class: "map-panel-body", tabindex: "-1" });
    root.setAttribute("aria-labelledby", this.#heading.id);
    root.replaceChildren(element("h2", {}, this.#heading), this.body);
    this.#heading.addEventListener("click", () => this.setOpen(!this.isOpen));
    this.setOpen(isOpenAtFirst);
  }

  get isOpen(): boolean {
    return this.#heading.getAttribute("aria-expanded") === "true";
  }

  setTitle(title: string): void {
    this.#heading.textContent = title;
  }

  setOpen(isOpen: boolean): void {
    this.#heading.setAttribute("aria-expanded", String(isOpen));
    this.root.classList.toggle("is-open", isOpen);
  }

  /** For who opened it by a key: the next thing read is what it holds. */
  focus(): void {
    this.#heading.focus();
  }
}
