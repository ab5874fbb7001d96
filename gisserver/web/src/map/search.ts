import { type Api, type Hit, type SearchAnswer, wasReplaced } from "./api";
import { type Choice, Combobox } from "./combobox";
import { element } from "./element";
import type { FoundGroup, Words } from "./words";

const PAUSE_MS = 180;
const SHORTEST = 2;
/** A street is where its doors are, and a quarter is a place. */
const GROUPS: readonly (readonly [group: FoundGroup, kinds: readonly string[]])[] = [
  ["coordinate", ["coordinate"]],
  ["parcel", ["parcel"]],
  ["address", ["address", "street"]],
  ["place", ["place", "neighbourhood", "district"]],
  ["plan", ["plan"]],
];

export interface Found extends Choice {
  /** What has a place on the map. */
  readonly hit?: Hit;
  readonly pick: () => void;
}

/** What the box works with beside the service. */
export interface Seeker {
  /** Layers and commands by a few letters of their names. */
  things(text: string): readonly Found[];
  /** The map goes there. */
  visit(hit: Hit): void;
  /** The map shows where it lies and stays. */
  preview(hit: Hit | null): void;
  /** A plan has a page that says more than the map. */
  openPage(hit: Hit): void;
}

/** The search box over the map: suggestions in groups while typing, an answer on Enter, and a place to go to. */
export class Search {
  readonly #api: Api;
  readonly #words: Words;
  readonly #seeker: Seeker;
  readonly #input: HTMLInputElement;
  readonly #says: HTMLParagraphElement;
  readonly #combobox: Combobox<Found>;
  #asking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(form: HTMLFormElement, api: Api, words: Words, seeker: Seeker) {
    this.#api = api;
    this.#words = words;
    this.#seeker = seeker;
    this.#input = element("input", {
      id: "map-search-input",
      type: "search",
      name: "q",
      placeholder: words.searchHint,
      autocomplete: "off",
      spellcheck: "false",
      enterkeyhint: "search",
    });
    const list = element("div", { id: "map-search-list", class: "map-choices", "aria-label": words.searchLabel });
    this.#says = element("p", { class: "map-search-says", role: "status" });
    this.#combobox = new Combobox(this.#input, list, {
      onChoose: (found) => this.#choose(found),
      onSubmit: (text) => this.#answer(text),
      onPreview: (found) => seeker.preview(found?.hit ?? null),
    });
    form.replaceChildren(
      element("label", { class: "only-read-aloud", for: this.#input.id }, words.searchLabel),
      element("div", { class: "map-search-row" }, this.#input, element("button", { class: "button" }, words.search)),
      list,
      this.#says,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#answer(this.#input.value.trim());
    });
    this.#input.addEventListener("input", () => this.#suggestSoon());
  }

  #suggestSoon(): void {
    this.#forget();
    const text = this.#input.value.trim();
    if (text.length < SHORTEST) return this.#combobox.close();
    this.#timer = setTimeout(() => void this.#suggest(text), PAUSE_MS);
  }

  /** A suggestion that fails is not worth a word: Enter still asks. */
  async #suggest(text: string): Promise<void> {
    try {
      this.#offer(await this.#api.suggest(text, this.#asking.signal), text);
    } catch (error) {
      if (!wasReplaced(error)) this.#combobox.show(this.#seeker.things(text));
    }
  }

  #offer(answer: SearchAnswer, text: string, note = ""): void {
    const found = [...this.#found(answer), ...this.#seeker.things(text)];
    this.#combobox.show(found);
    if (note !== "") this.#say(note);
    else this.#count(found.length);
  }

  #answer(text: string): void {
    this.#forget();
    if (text !== "") void this.#search(text);
  }

  async #search(text: string): Promise<void> {
    try {
      const answer = await this.#api.search(text, this.#asking.signal);
      const [first] = answer.hits;
      if (first === undefined) return this.#offerThings(text, answer.note || this.#words.nothingFound(text));
      // An ambiguous question gets choices, never the first guess.
      if (answer.ambiguous === true && answer.hits.length > 1) return this.#offer(answer, text, answer.note ?? "");
      this.#combobox.close();
      this.#go(first);
      this.#say(answer.note ?? "");
    } catch (error) {
      if (!wasReplaced(error)) this.#offerThings(text, this.#words.searchFailed);
    }
  }

  /** No place is called so, but maybe a layer or a command. */
  #offerThings(text: string, otherwise: string): void {
    const things = this.#seeker.things(text);
    this.#combobox.show(things);
    if (things.length > 0) this.#count(things.length);
    else this.#say(otherwise);
  }

  /** In the order of the groups, in each as the service has ranked them. */
  #found({ hits }: SearchAnswer): Found[] {
    return GROUPS.flatMap(([group, kinds]) => hits.filter(({ kind }) => kinds.includes(kind)).flatMap((hit) => this.#linesOf(hit, this.#words.found[group])));
  }

  #linesOf(hit: Hit, group: string): Found[] {
    const line = { title: hit.title, detail: hit.subtitle ?? null, group, hit, pick: () => this.#go(hit) };
    if (hit.kind !== "plan") return [line];
    return [line, { title: this.#words.pageOf(hit.title), detail: this.#words.pageOfPlan, group, hit, pick: () => this.#seeker.openPage(hit) }];
  }

  #choose(found: Found): void {
    if (found.hit === undefined) this.#input.value = "";
    found.pick();
  }

  #go(hit: Hit): void {
    this.#forget();
    this.#seeker.visit(hit);
  }

  #say(sentence: string): void {
    this.#says.classList.remove("only-read-aloud");
    this.#says.textContent = sentence;
  }

  /** For who does not see the list. */
  #count(results: number): void {
    this.#say(results === 0 ? "" : this.#words.results(results));
    this.#says.classList.add("only-read-aloud");
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#say("");
  }
}
