import { type Api, type Hit, type SearchAnswer, wasReplaced } from "./api";
import { type Choice, Combobox } from "./combobox";
import { element } from "./element";
import type { Words } from "./words";

const PAUSE_MS = 180;
const SHORTEST = 2;

interface HitChoice extends Choice {
  readonly hit: Hit;
}

/** The search box over the map: suggestions while typing, an answer on Enter, and a place to go to. */
export class Search {
  readonly #api: Api;
  readonly #words: Words;
  readonly #onHit: (hit: Hit) => void;
  readonly #input: HTMLInputElement;
  readonly #says: HTMLParagraphElement;
  readonly #combobox: Combobox<HitChoice>;
  #asking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(form: HTMLFormElement, api: Api, words: Words, onHit: (hit: Hit) => void) {
    this.#api = api;
    this.#words = words;
    this.#onHit = onHit;
    this.#input = element("input", {
      id: "map-search-input",
      type: "search",
      name: "q",
      placeholder: words.searchHint,
      autocomplete: "off",
      spellcheck: "false",
      enterkeyhint: "search",
    });
    const list = element("ul", { id: "map-search-list", class: "map-choices", "aria-label": words.searchLabel });
    this.#says = element("p", { class: "map-search-says", role: "status" });
    this.#combobox = new Combobox(this.#input, list, {
      onChoose: (choice) => this.#go(choice.hit),
      onSubmit: (text) => this.#answer(text),
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
      const answer = await this.#api.suggest(text, this.#asking.signal);
      this.#combobox.show(choicesOf(answer));
      this.#says.textContent = answer.hits.length > 0 ? this.#words.results(answer.hits.length) : "";
    } catch (error) {
      if (!wasReplaced(error)) this.#combobox.close();
    }
  }

  #answer(text: string): void {
    this.#forget();
    if (text !== "") void this.#search(text);
  }

  async #search(text: string): Promise<void> {
    try {
      const answer = await this.#api.search(text, this.#asking.signal);
      const [first] = answer.hits;
      if (first === undefined) return this.#tell(answer.note || this.#words.nothingFound(text));
      // An ambiguous question gets choices, never the first guess.
      if (answer.ambiguous === true && answer.hits.length > 1) {
        this.#combobox.show(choicesOf(answer));
        return this.#say(answer.note || this.#words.results(answer.hits.length));
      }
      this.#combobox.close();
      this.#go(first);
      this.#say(answer.note ?? "");
    } catch (error) {
      if (!wasReplaced(error)) this.#tell(this.#words.searchFailed);
    }
  }

  #go(hit: Hit): void {
    this.#forget();
    this.#say("");
    this.#onHit(hit);
  }

  #tell(sentence: string): void {
    this.#combobox.show([]);
    this.#say(sentence);
  }

  #say(sentence: string): void {
    this.#says.textContent = sentence;
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#say("");
  }
}

function choicesOf(answer: SearchAnswer): HitChoice[] {
  return answer.hits.map((hit) => ({ title: hit.title, detail: hit.subtitle ?? null, hit }));
}
