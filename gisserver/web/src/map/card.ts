import type { Feature } from "geojson";
import { type Api, type LayerAtPlace, type LayerThen, type Place, Unanswered, wasReplaced } from "./api";
import { facts, nameOf } from "./card_facts";
import type { Overview } from "./card_overview";
import { chip } from "./chips";
import { filled } from "./config";
import type { Chosen } from "./desk";
import { element } from "./element";
import { momentAsked } from "./moment";
import { shownMoment } from "./values";
import type { Words } from "./words";

export interface CardHost {
  readonly language: string;
  readonly words: Words;
  readonly api: Api;
  /** Where a parcel's zoning answer is, with {name} for the parcel. */
  readonly answerAddress: string;
  /** Where the features of a layer are, with {name} for the layer. */
  readonly itemsAddress: string;
  /** Where a feature's life and family are told, with {name} for the layer and {feature} for the feature. */
  readonly storyAddress: string;
  onSelect(chosen: Chosen | null): void;
  onClose(): void;
}

/** What lies at the place somebody clicked: one feature at a time, all within reach. */
export class Card {
  readonly #root: HTMLElement;
  readonly #host: CardHost;
  #asking = new AbortController();
  #found: readonly Chosen[] = [];
  /** Kept to be held against the next one. */
  #kept: Chosen | null = null;

  constructor(root: HTMLElement, host: CardHost) {
    this.#root = root;
    this.#host = host;
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  /** Ask for everything the visible layers have at the place; `first` names the layer that should come first.
      What lies there of the reader's own files is known already. */
  async open(place: Place, visible: readonly LayerThen[], first?: string, own: readonly Chosen[] = []): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { words, api } = this.#host;
    if (visible.length + own.length === 0) return this.#tell(words.noLayers);
    // What is outlined stays: taking it off would draw the map before the card, half a second without a graphics card.
    this.#say(words.looking);
    try {
      const answer = visible.length === 0 ? [] : await api.at(place, visible, this.#asking.signal);
      this.#found = [...own, ...inOrder(answer, visible, first)];
      if (this.#found.length === 0) this.#tell(words.nothingHere);
      else await this.#show(0);
    } catch (error) {
      if (!wasReplaced(error)) this.#tell((error instanceof Unanswered ? error.sentence : null) ?? words.cardFailed);
    }
  }

  /** Tell of this one feature, wherever it lies. */
  async show(chosen: Chosen): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#found = [chosen];
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
    const kept = this.#kept === null || isSame(this.#kept, found) ? null : this.#kept;
    const told = kept === null ? await this.#facts(found) : await (await import("./card_pair")).pair(kept, found, this.#host);
    if (asking.signal.aborted) return;
    this.#fill(this.#heading(found), [
      element("h2", { class: "map-card-title", tabindex: "-1" }, nameOf(found)),
      ...this.#answerLink(found),
      told,
      ...this.#footing(found.feature),
      ...this.#pages(found),
      this.#keeper(found, place),
    ], place);
    this.#host.onSelect(found);
  }

  /** What is not of now says so. */
  #heading({ layer, at }: Chosen): string {
    const { words, language } = this.#host;
    return at === null ? layer.title : `${layer.title} · ${words.asOf(shownMoment(at, language, words))}`;
  }

  #tell(sentence: string): void {
    this.#say(sentence);
    this.#host.onSelect(null);
  }

  #say(sentence: string): void {
    this.#found = [];
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
    const all = [chip(words.allAsTree, () => void this.#showAll("tree")), chip(words.allAsTable, () => void this.#showAll("table"))];
    return [element("div", { class: "map-card-pager" }, previous, where, ...all, next)];
  }

  /** Everything that was found here at once. */
  async #showAll(kind: Overview): Promise<void> {
    const { overview } = await import("./card_overview");
    const all = await overview(kind, this.#found, { ...this.#host, go: (place) => void this.#step(place, "next") });
    this.#fill(this.#host.words.hereTitle, [all], 0);
    this.focus();
  }

  /** Keep this one beside whatever is opened next. */
  #keeper(found: Chosen, place: number): HTMLElement {
    const { words } = this.#host;
    const kept = this.#kept;
    const [title, next] = kept === null ? [words.keep, found] : [words.keepNoMore(nameOf(kept)), null];
    const button = chip(title, () => {
      this.#kept = next;
      void this.#step(place, "keep");
    });
    button.dataset["step"] = "keep";
    return element("p", { class: "map-chips" }, button);
  }

  /** The card is made anew, so the button that was pressed gets the focus back. */
  async #step(place: number, pressed: string): Promise<void> {
    await this.#show(place);
    this.#root.querySelector<HTMLElement>(`[data-step=${pressed}]`)?.focus();
  }

  /** A parcel of the past has no answer of now. */
  #answerLink({ layer, feature, at }: Chosen): HTMLElement[] {
    if (layer.id !== "parcels" || feature.id === undefined || at !== null) return [];
    const href = filled(this.#host.answerAddress, String(feature.id));
    return [element("p", {}, element("a", { class: "button", href }, this.#host.words.answer))];
  }

  /** The feature's own page, what it has been and where it came from, and the plan it belongs to. */
  #pages({ layer, feature, at, epoch = null }: Chosen): HTMLElement[] {
    if (feature.id === undefined) return [];
    const { words, itemsAddress, storyAddress } = this.#host;
    const then = new URLSearchParams({ f: "html", ...momentAsked(epoch ?? at) });
    const story = filled(storyAddress, layer.id).replace("{feature}", String(feature.id));
    const plan = feature.properties?.["plan_ref"] as string | undefined;
    const own = `${filled(itemsAddress, layer.id)}/${feature.id}`;
    const links = [
      element("a", { href: at === null && WITH_PAGE.has(layer.id) ? `${own}/page?f=html` : `${own}?${then}` }, words.ownPage),
      element("a", { href: story }, words.history),
      ...(plan ? [element("a", { href: `${filled(itemsAddress, "plans")}/${encodeURIComponent(plan)}?${then}` }, words.itsPlan)] : []),
    ];
    return [element("p", { class: "map-card-pages" }, ...links)];
  }

  async #facts({ layer, feature }: Chosen): Promise<HTMLElement> {
    const { api, language, words } = this.#host;
    const rows = facts(feature, await api.fields(layer.id), language, words);
    return element("dl", { class: "map-facts" }, ...rows.flatMap(([title, value]) => [element("dt", {}, title), element("dd", {}, value)]));
  }

  #footing(feature: Feature): HTMLElement[] {
    const { version, epoch_from: epoch } = feature.properties ?? {};
    if (typeof version !== "number" || typeof epoch !== "number") return [];
    return [element("p", { class: "map-card-footing" }, this.#host.words.version(version, epoch))];
  }
}

function isSame(one: Chosen, other: Chosen): boolean {
  return one.layer === other.layer && one.feature.id === other.feature.id && one.at === other.at;
}

/** Layers whose features have a page in words. */
export const WITH_PAGE = new Set(["parcels", "plans"]);

/** The order of the list of layers, for what stands first there is what people click for. */
export function inOrder(answer: readonly LayerAtPlace[], visible: readonly LayerThen[], first?: string): Chosen[] {
  const layers = [...visible].sort((one, other) => Number(other.layer.id === first) - Number(one.layer.id === first));
  return layers.flatMap(({ layer, at }) => {
    const { epoch, features = [] } = answer.find((found) => found.id === layer.id) ?? {};
    const then = at === null || epoch === undefined ? {} : { epoch: String(epoch) };
    return features.map((feature) => ({ layer, feature, at, ...then }));
  });
}
