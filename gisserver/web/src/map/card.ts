import type { Feature } from "geojson";
import { type Api, type Fields, type LayerAtPlace, type Place, wasReplaced } from "./api";
import { filled } from "./config";
import type { Chosen } from "./desk";
import { element } from "./element";
import type { PoolLayer } from "./pool_style";
import { shownValue } from "./values";
import type { Words } from "./words";

export interface CardHost {
  readonly language: string;
  readonly words: Words;
  readonly api: Api;
  /** Where a parcel's zoning answer is, with {name} for the parcel. */
  readonly answerAddress: string;
  /** Where the features of a layer are, with {name} for the layer. */
  readonly itemsAddress: string;
  onSelect(chosen: Chosen | null): void;
  onClose(): void;
}

/** What lies at the place somebody clicked: one feature at a time, all within reach. */
export class Card {
  readonly #root: HTMLElement;
  readonly #host: CardHost;
  #asking = new AbortController();
  #found: readonly Chosen[] = [];

  constructor(root: HTMLElement, host: CardHost) {
    this.#root = root;
    this.#host = host;
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  /** Ask for everything the visible layers have at the place; `first` names the layer that should come first. */
  async open(place: Place, visible: readonly PoolLayer[], first?: string): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { words, api } = this.#host;
    if (visible.length === 0) return this.#tell(words.noLayers);
    this.#tell(words.looking);
    try {
      const ids = visible.map((layer) => layer.id);
      const answer = await api.at(place, ids, this.#asking.signal);
      this.#found = inOrder(answer, visible, first);
      if (this.#found.length === 0) this.#tell(words.nothingHere);
      else await this.#show(0);
    } catch (error) {
      if (!wasReplaced(error)) this.#tell(words.cardFailed);
    }
  }

  /** Tell of this one feature, wherever it lies. */
  async show(layer: PoolLayer, feature: Feature): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#found = [{ layer, feature }];
    await this.#show(0);
  }

  /** For those who steer by keyboard: read on from here, Escape leads back. */
  focus(): void {
    this.#root.querySelector<HTMLElement>(".map-card-close")?.focus();
  }

  close(): void {
    this.#asking.abort();
    if (this.#root.hidden) return;
    this.#root.hidden = true;
    this.#host.onSelect(null);
    this.#host.onClose();
  }

  async #show(place: number): Promise<void> {
    const found = this.#found[place];
    if (found === undefined) return;
    const asking = this.#asking;
    const fields = await this.#host.api.fields(found.layer.id);
    if (asking.signal.aborted) return;
    this.#fill(found.layer.title, [
      element("h2", { class: "map-card-title", tabindex: "-1" }, nameOf(found)),
      ...this.#answerLink(found),
      this.#facts(found, fields),
      ...this.#footing(found.feature),
      ...this.#pages(found),
    ], place);
    this.#host.onSelect(found);
  }

  #tell(sentence: string): void {
    this.#found = [];
    this.#host.onSelect(null);
    this.#fill(this.#host.words.hereTitle, [element("p", { role: "status" }, sentence)], 0);
  }

  #fill(heading: string, body: Node[], place: number): void {
    const close = element("button", { type: "button", class: "map-card-close", "aria-label": this.#host.words.close }, "×");
    close.addEventListener("click", () => this.close());
    const head = element("div", { class: "map-card-head" }, element("p", { class: "map-card-layer" }, heading), close);
    this.#root.replaceChildren(head, element("div", { class: "map-card-body" }, ...body), ...this.#pager(place));
    this.#root.hidden = false;
  }

  #pager(place: number): HTMLElement[] {
    const count = this.#found.length;
    if (count < 2) return [];
    const { words } = this.#host;
    const where = element("span", { class: "number", role: "status" }, words.position(place + 1, count));
    const step = (label: string, sign: string, to: number, name: string): HTMLButtonElement => {
      const button = element("button", { type: "button", class: "map-card-step", "aria-label": label, "data-step": name }, sign);
      button.addEventListener("click", () => void this.#step((to + count) % count, name));
      return button;
    };
    const previous = step(words.previous, "‹", place - 1, "previous");
    const next = step(words.next, "›", place + 1, "next");
    return [element("div", { class: "map-card-pager" }, previous, where, next)];
  }

  /** The card is made anew, so the button that was pressed gets the focus back. */
  async #step(place: number, pressed: string): Promise<void> {
    await this.#show(place);
    this.#root.querySelector<HTMLElement>(`[data-step=${pressed}]`)?.focus();
  }

  #answerLink({ layer, feature }: Chosen): HTMLElement[] {
    if (layer.id !== "parcels" || feature.id === undefined) return [];
    const href = filled(this.#host.answerAddress, String(feature.id));
    return [element("p", {}, element("a", { class: "button", href }, this.#host.words.answer))];
  }

  /** The feature's own page and, where the pool keeps it, what it has been. */
  #pages({ layer, feature }: Chosen): HTMLElement[] {
    if (feature.id === undefined) return [];
    const { words, itemsAddress } = this.#host;
    const page = `${filled(itemsAddress, layer.id)}/${feature.id}`;
    const link = element("a", { href: `${page}?f=html` }, words.ownPage);
    const life = element("a", { href: `${page}/history` }, words.history);
    return [element("p", { class: "map-card-pages" }, link, life)];
  }

  #facts({ feature }: Chosen, fields: Fields): HTMLElement {
    const { language, words } = this.#host;
    const own = Object.entries(fields).filter(([name]) => !OF_THE_RECORD.has(name));
    const rows = own.flatMap(([name, field]) => {
      const shown = shownValue(feature.properties?.[name], field, language, words);
      return shown === null ? [] : [element("dt", {}, field.title), element("dd", {}, shown)];
    });
    return element("dl", { class: "map-facts" }, ...rows);
  }

  #footing(feature: Feature): HTMLElement[] {
    const { version, epoch_from: epoch } = feature.properties ?? {};
    if (typeof version !== "number" || typeof epoch !== "number") return [];
    return [element("p", { class: "map-card-footing" }, this.#host.words.version(version, epoch))];
  }
}

/** Said at the foot of the card, or of no use to who reads it. */
const OF_THE_RECORD = new Set(["version", "epoch_from", "origin"]);

/** The order of the list of layers, for what stands first there is what people click for. */
export function inOrder(answer: readonly LayerAtPlace[], visible: readonly PoolLayer[], first?: string): Chosen[] {
  const layers = [...visible].sort((one, other) => Number(other.id === first) - Number(one.id === first));
  return layers.flatMap((layer) => {
    const features = answer.find((found) => found.id === layer.id)?.features ?? [];
    return features.map((feature) => ({ layer, feature }));
  });
}

function nameOf({ layer, feature }: Chosen): string {
  const properties = feature.properties ?? {};
  if (properties.block_no && properties.parcel_no) return `${properties.block_no}/${properties.parcel_no}`;
  return String(properties[layer.label] ?? properties.ref ?? layer.title);
}
