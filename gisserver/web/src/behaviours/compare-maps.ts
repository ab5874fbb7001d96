import type { CompareMaps } from "../compare/compare_maps";
import { clippedAt, type Way } from "../compare/sides";

/** Narrower than this, two maps beside each other are too small: the page begins with the swipe. */
export const ROOMY = "(min-width: 48rem)";

/** A list of changes and its two maps: what is chosen on one is shown on the others. */
export function attach(root: HTMLElement): void {
  const panel = root.querySelector<HTMLElement>(".compare");
  if (panel !== null) new Comparison(root, panel);
}

class Comparison {
  readonly #root: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #says: HTMLElement;
  readonly #edge: HTMLInputElement;
  readonly #maps: Promise<CompareMaps | null>;
  #asked = 0;

  constructor(root: HTMLElement, panel: HTMLElement) {
    this.#root = root;
    this.#panel = panel;
    this.#says = panel.querySelector<HTMLElement>(".compare-says")!;
    this.#edge = panel.querySelector<HTMLInputElement>("input[type=range]")!;
    panel.hidden = false;
    root.classList.add("has-compare");
    for (const button of panel.querySelectorAll<HTMLElement>("[data-way]")) {
      button.addEventListener("click", () => this.#show(button.dataset["way"] as Way));
    }
    this.#edge.addEventListener("input", () => this.#moveEdge());
    root.addEventListener("click", (event) => this.#onClick(event));
    this.#show(matchMedia(ROOMY).matches ? "side" : "swipe");
    this.#maps = this.#load();
  }

  #show(way: Way): void {
    this.#panel.dataset["shown"] = way;
    for (const button of this.#panel.querySelectorAll<HTMLElement>("[data-way]")) {
      button.setAttribute("aria-pressed", String(button.dataset["way"] === way));
    }
    this.#moveEdge();
    void this.#maps?.then((maps) => maps?.resize());
  }

  #moveEdge(): void {
    const after = this.#panel.querySelector<HTMLElement>("[data-side=after]")!;
    after.style.clipPath = this.#panel.dataset["shown"] === "swipe" ? clippedAt(Number(this.#edge.value)) : "";
    this.#panel.style.setProperty("--edge", `${this.#edge.value}%`);
  }

  async #load(): Promise<CompareMaps | null> {
    const canvas = (side: string): HTMLElement => this.#panel.querySelector<HTMLElement>(`[data-side=${side}] .compare-canvas`)!;
    const part = this.#panel.querySelector<HTMLElement>(".compare-part")!;
    try {
      const { CompareMaps } = await import("../compare/compare_maps");
      return await CompareMaps.begin(
        { before: canvas("before"), after: canvas("after") },
        this.#root.dataset,
        (id, isByKey) => void this.#select(id, isByKey, true),
        (isWhole) => (part.hidden = isWhole),
      );
    } catch (error) {
      console.warn(error);
      const frame = this.#panel.querySelector<HTMLElement>(".compare-maps")!;
      this.#says.textContent = frame.dataset["failed"] ?? "";
      this.#panel.classList.add("is-absent");
      return null;
    }
  }

  /** The link to the place, which without script leads to the large map. */
  #onClick(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const item = target.closest<HTMLElement>("[data-change]");
    const isNewTab = event.ctrlKey || event.metaKey || event.shiftKey;
    if (item === null || isNewTab || target.closest("[data-place], figure, h3") === null) return;
    if (this.#panel.classList.contains("is-absent")) return;
    event.preventDefault();
    void this.#select(Number(item.dataset["change"]), false, false);
  }

  async #select(id: number, isByKey: boolean, isFromMap: boolean): Promise<void> {
    this.#asked = id;
    const item = this.#root.querySelector<HTMLElement>(`[data-change="${id}"]`);
    for (const one of this.#root.querySelectorAll("[data-change][aria-current]")) one.removeAttribute("aria-current");
    item?.setAttribute("aria-current", "true");
    if (isFromMap) item?.scrollIntoView({ block: "nearest" });
    if (isByKey) item?.querySelector<HTMLElement>("[data-place]")?.focus({ preventScroll: true });
    const maps = await this.#maps;
    const ref = await maps?.select(id, !isFromMap);
    if (ref === undefined || this.#asked !== id) return;
    this.#says.replaceChildren(item === null ? this.#linkTo(ref) : ref);
  }

  /** A change that stands on another page of the list. */
  #linkTo(ref: string): HTMLElement {
    const link = document.createElement("a");
    link.href = `${this.#root.dataset["page"] ?? ""}?ref=${encodeURIComponent(ref)}#changes`;
    link.textContent = ref;
    return link;
  }
}
