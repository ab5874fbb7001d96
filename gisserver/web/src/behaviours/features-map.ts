import type { FeaturesMap } from "../features/features_map";

/** A table of features and their map: what is chosen on one is shown on the other. */
export function attach(root: HTMLElement): void {
  const panel = root.querySelector<HTMLElement>(".features-map");
  if (panel !== null) new Pair(root, panel);
}

class Pair {
  readonly #root: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #says: HTMLElement;
  readonly #map: Promise<FeaturesMap | null>;

  constructor(root: HTMLElement, panel: HTMLElement) {
    this.#root = root;
    this.#panel = panel;
    this.#says = panel.querySelector<HTMLElement>(".features-map-says")!;
    panel.hidden = false;
    for (const button of root.querySelectorAll<HTMLElement>("[data-show]")) button.hidden = false;
    this.#map = this.#load();
    root.addEventListener("click", ({ target }) => this.#onClick(target as HTMLElement));
  }

  async #load(): Promise<FeaturesMap | null> {
    const canvas = this.#panel.querySelector<HTMLElement>(".features-map-canvas")!;
    try {
      const { FeaturesMap } = await import("../features/features_map");
      const chosen = (uid: string, isByKey: boolean): void => void this.#select(uid, isByKey, true);
      return await FeaturesMap.begin(canvas, this.#root.dataset, chosen);
    } catch (error) {
      console.warn(error);
      this.#says.textContent = this.#panel.dataset["failed"] ?? "";
      this.#panel.classList.add("is-absent");
      for (const button of this.#root.querySelectorAll<HTMLElement>("[data-show]")) button.hidden = true;
      return null;
    }
  }

  /** Anywhere on a row but on its link; who copies a cell does not want to travel. */
  #onClick(target: HTMLElement): void {
    const row = target.closest<HTMLElement>("[data-feature]");
    const isMarked = (getSelection()?.toString() ?? "") !== "";
    if (row === null || target.closest("a") !== null || isMarked) return;
    void this.#select(row.dataset["feature"] ?? "");
  }

  async #select(uid: string, isByKey = false, isFromMap = false): Promise<void> {
    const row = this.#root.querySelector<HTMLElement>(`[data-feature="${CSS.escape(uid)}"]`);
    for (const one of this.#root.querySelectorAll("[aria-current]")) one.removeAttribute("aria-current");
    row?.setAttribute("aria-current", "true");
    if (isFromMap) row?.scrollIntoView({ block: "nearest" });
    if (isByKey) row?.querySelector<HTMLElement>("[data-show]")?.focus({ preventScroll: true });
    const map = await this.#map;
    if (map === null) return;
    map.select(uid, !isFromMap);
    this.#says.textContent = row?.dataset["name"] ?? "";
  }
}
