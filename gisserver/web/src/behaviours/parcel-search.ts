/**
 * Suggestions under the search box (the ARIA combobox pattern).
 *
 * The form works without them: Enter with nothing chosen sends it as it is.
 */

interface Hit {
  title: string;
  subtitle?: string | null;
  /** The parcel an answer would be about; without one the form asks for the hit by its name. */
  parcel_uid?: string | null;
}

const ANY_PARCEL = "00000000-0000-0000-0000-000000000000";

/** Typing pauses shorter than this ask nothing. */
const PAUSE = 150;
const SHORTEST = 2;

export function attach(box: HTMLElement): void {
  const input = box.querySelector<HTMLInputElement>("input[type=search]");
  const { suggest, answer } = box.dataset;
  if (input && suggest && answer) new SuggestionList(box, input, suggest, answer);
}

class SuggestionList {
  private readonly list = document.createElement("ul");
  private shown: Hit[] = [];
  private chosen = -1;
  private timer = 0;
  private asked = new AbortController();

  constructor(
    box: HTMLElement,
    private readonly input: HTMLInputElement,
    private readonly address: string,
    private readonly answer: string,
  ) {
    this.list.id = `${input.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", box.dataset.label ?? "");
    this.list.hidden = true;
    box.append(this.list);

    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      autocomplete: "off",
    })) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.askSoon());
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.onClick(event));
  }

  private askSoon(): void {
    const typed = this.input.value.trim();
    if (typed.length < SHORTEST) return this.close();
    window.clearTimeout(this.timer);
    this.asked.abort();
    this.timer = window.setTimeout(() => void this.ask(typed), PAUSE);
  }

  private async ask(typed: string): Promise<void> {
    const { signal } = (this.asked = new AbortController());
    try {
      const question = new URL(this.address, window.location.href);
      question.searchParams.set("q", typed);
      const reply = await fetch(question, { signal });
      if (!reply.ok) return this.close();
      const found = (await reply.json()) as { hits: Hit[] };
      if (!signal.aborted) this.show(found.hits);
    } catch {
      if (!signal.aborted) this.close();
    }
  }

  private show(hits: Hit[]): void {
    this.shown = hits;
    this.list.replaceChildren(...hits.map((hit, place) => this.option(hit, place)));
    this.choose(-1);
    const isOpen = hits.length > 0;
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  private option(hit: Hit, place: number): HTMLLIElement {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(hit.title);
    if (hit.subtitle) {
      const where = document.createElement("span");
      where.className = "soft";
      where.append(hit.subtitle);
      item.append(" ", where);
    }
    return item;
  }

  private choose(place: number): void {
    this.chosen = place;
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === place)));
    const chosen = this.list.children[place];
    if (chosen) {
      this.input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView?.({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    const count = this.shown.length;
    if (event.key === "ArrowDown") this.choose((this.chosen + 1) % count);
    else if (event.key === "ArrowUp") this.choose(this.chosen <= 0 ? count - 1 : this.chosen - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.shown[this.chosen]) this.go(this.chosen);
    else return;
    event.preventDefault();
  }

  private onClick(event: MouseEvent): void {
    const item = (event.target as HTMLElement).closest("li");
    if (item) this.go([...this.list.children].indexOf(item));
  }

  private go(place: number): void {
    const chosen = this.shown[place];
    if (!chosen) return;
    this.input.value = [chosen.title, chosen.subtitle].filter(Boolean).join(", ");
    this.close();
    if (chosen.parcel_uid) window.location.assign(this.answer.replace(ANY_PARCEL, chosen.parcel_uid));
    else this.input.form?.requestSubmit();
  }

  private close(): void {
    window.clearTimeout(this.timer);
    this.asked.abort();
    this.show([]);
  }
}
