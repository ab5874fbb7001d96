import type { FindingsMap } from "../findings/findings_map";

/** From here on list and map stand side by side; below, the map is a sheet over the lower half. */
export const WIDE = "(min-width: 64rem)";

/** What a list can choose: a finding, or a repair that is proposed. */
interface Target {
  readonly kind: "finding" | "repair";
  readonly id: number;
}

const ITEMS = "[data-finding], [data-repair]";

/** A list of findings and their map: what is chosen on one is shown on the other. */
export function attach(root: HTMLElement): void {
  const panel = root.querySelector<HTMLElement>(".finding-map");
  if (panel !== null) new Pair(root, panel);
}

class Pair {
  readonly #root: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #says: HTMLElement;
  #map: Promise<FindingsMap | null> | null = null;
  #selected: HTMLElement | null = null;
  #asked: Target | null = null;

  constructor(root: HTMLElement, panel: HTMLElement) {
    this.#root = root;
    this.#panel = panel;
    this.#says = panel.querySelector<HTMLElement>(".finding-map-says")!;
    root.classList.add("has-findings-map");
    root.addEventListener("click", (event) => this.#onClick(event));
    panel.addEventListener("keydown", ({ key }) => key === "Escape" && this.#close());
    if (matchMedia(WIDE).matches) this.#openWhenNear();
  }

  /** The map is a large script: it is asked for when the list comes into sight, not before. */
  #openWhenNear(): void {
    const watch = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      void this.#open();
    });
    watch.observe(this.#root);
  }

  #onClick(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const button = target.closest<HTMLElement>("button");
    if (button?.dataset["step"] !== undefined) return this.#step(Number(button.dataset["step"]));
    if (button?.dataset["close"] !== undefined) return this.#close();
    const item = target.closest<HTMLElement>(ITEMS);
    const isOnLink = target.closest("a") !== null;
    const isNewTab = event.ctrlKey || event.metaKey || event.shiftKey;
    if (item === null || isNewTab || target.closest("button, summary, input, label, form") !== null) return;
    const leadsToPlace = target.closest("a[data-place]") !== null;
    if (isOnLink && !leadsToPlace) return;
    if (item.querySelector("a[data-place]") === null || this.#isTextMarked()) return;
    event.preventDefault();
    void this.#select(targetOf(item));
  }

  /** Who copies a sentence does not want to travel. */
  #isTextMarked(): boolean {
    return (getSelection()?.toString() ?? "") !== "";
  }

  async #open(): Promise<FindingsMap | null> {
    this.#panel.hidden = false;
    this.#map ??= this.#load();
    const map = await this.#map;
    map?.resize();
    return map;
  }

  async #load(): Promise<FindingsMap | null> {
    const canvas = this.#panel.querySelector<HTMLElement>(".finding-map-canvas")!;
    try {
      const { FindingsMap } = await import("../findings/findings_map");
      return await FindingsMap.begin(canvas, this.#root.dataset, (id, isByKey) =>
        void this.#select({ kind: "finding", id }, isByKey, true),
      );
    } catch (error) {
      console.warn(error);
      canvas.textContent = canvas.dataset["failed"] ?? "";
      canvas.classList.add("is-absent");
      return null;
    }
  }

  async #select(asked: Target, isByKey = false, isFromMap = false): Promise<void> {
    const item = this.#root.querySelector<HTMLElement>(`[data-${asked.kind}="${asked.id}"]`);
    this.#asked = asked;
    this.#selected = item;
    for (const one of this.#items()) one.removeAttribute("aria-current");
    item?.setAttribute("aria-current", "true");
    if (item !== null) this.#says.textContent = item.querySelector(".finding-sentence")?.textContent ?? "";
    this.#panel.hidden = false;
    item?.scrollIntoView({ block: "nearest" });
    const map = await this.#open();
    const sentence = asked.kind === "repair" ? await map?.selectRepair(asked.id) : await map?.select(asked.id, !isFromMap);
    if (this.#asked !== asked) return;
    if (sentence) this.#says.textContent = sentence;
    if (isByKey) item?.querySelector<HTMLElement>("a[data-place]")?.focus({ preventScroll: true });
  }

  /** From the finding chosen to the one before or after it in the list. */
  #step(by: number): void {
    const items = this.#items().filter((item) => item.querySelector("a[data-place]") !== null);
    const now = this.#selected === null ? -1 : items.indexOf(this.#selected);
    const next = now === -1 ? (by > 0 ? 0 : items.length - 1) : (now + by + items.length) % items.length;
    const item = items[next];
    if (item !== undefined) void this.#select(targetOf(item));
  }

  #close(): void {
    if (matchMedia(WIDE).matches) return;
    this.#panel.hidden = true;
    this.#selected?.querySelector<HTMLElement>("a[data-place]")?.focus();
  }

  #items(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>(ITEMS)];
  }
}

function targetOf(item: HTMLElement): Target {
  const { finding, repair } = item.dataset;
  return repair === undefined ? { kind: "finding", id: Number(finding) } : { kind: "repair", id: Number(repair) };
}
