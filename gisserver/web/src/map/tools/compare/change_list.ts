import { type Fields, Unanswered, wasReplaced } from "../../api";
import { nameOf } from "../../card_facts";
import { chip } from "../../chips";
import { filled } from "../../config";
import type { Desk } from "../../desk";
import { element } from "../../element";
import type { Moment } from "../../moment";
import type { PoolLayer } from "../../pool_style";
import { shownValue } from "../../values";
import { type Change, changesAddress, changesAt, type Kind } from "./changes";
import { compareWords } from "./words";

const SIGNS: Readonly<Record<Kind, string>> = { added: "+", modified: "~", removed: "−" };

export interface ChangeListHost {
  /** The list holds others now; one that is still among them stays chosen. */
  onRead(changes: readonly Change[], chosen: string | null): void;
  onChoose(change: Change | null): void;
}

/** What is not the same in a layer at two moments; the one chosen tells both its sides. */
export class ChangeList {
  readonly root: HTMLElement;
  readonly #desk: Desk;
  readonly #host: ChangeListHost;
  readonly #layers: HTMLSelectElement;
  readonly #inView = element("input", { type: "checkbox", checked: true });
  readonly #says = element("p", { class: "map-legend-note", role: "status" });
  readonly #list = element("ul", { class: "map-changes" });
  readonly #more: HTMLButtonElement;
  #asking = new AbortController();
  #changes: readonly Change[] = [];
  #chosen: string | null = null;
  #fields: Fields = {};
  #next: string | null = null;
  #span: readonly [Moment, Moment] = [null, null];

  constructor(desk: Desk, host: ChangeListHost) {
    const words = compareWords(desk);
    this.#desk = desk;
    this.#host = host;
    const options = desk.layers.all.map(({ id, title }) => element("option", { value: id }, title));
    this.#layers = element("select", { "aria-label": words.changesOf }, ...options);
    this.#layers.value = (desk.chosen?.layer ?? desk.layers.shown[0] ?? desk.layers.all[0])?.id ?? "";
    this.#layers.addEventListener("change", () => this.ask());
    this.#inView.addEventListener("change", () => this.ask());
    this.#more = chip(words.more, () => this.#next !== null && void this.#read(this.#next, this.#changes));
    this.root = element(
      "section",
      {},
      element("h3", { class: "map-result-heading" }, words.changes),
      this.#layers,
      element("label", { class: "map-layer" }, this.#inView, words.onlyInView),
      this.#says,
      this.#list,
      this.#more,
    );
    this.#show();
  }

  /** The maps have moved, which matters only where what is in view is listed. */
  moved(): void {
    if (this.#inView.checked) this.ask();
  }

  between(from: Moment, to: Moment): void {
    this.#span = [from, to];
    this.ask();
  }

  ask(): void {
    const { config, language, view } = this.#desk;
    this.#asking.abort();
    const address = changesAddress(filled(config.changes, this.#layers.value), ...this.#span, this.#inView.checked ? view.bounds : null, language);
    if (address === null) return this.#take([], null, compareWords(this.#desk).sameMoment);
    void this.#read(address, []);
  }

  choose(uid: string | null): void {
    this.#chosen = uid;
    this.#show();
    this.#list.querySelector("[aria-expanded=true]")?.scrollIntoView?.({ block: "nearest" });
    this.#host.onChoose(this.#changes.find(({ id }) => id === uid) ?? null);
  }

  end(): void {
    this.#asking.abort();
  }

  get #layer(): PoolLayer | undefined {
    return this.#desk.layers.layer(this.#layers.value);
  }

  async #read(address: string, before: readonly Change[]): Promise<void> {
    const words = compareWords(this.#desk);
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const [answer, fields] = await Promise.all([changesAt(address, signal), this.#desk.api.fields(this.#layers.value)]);
      if (signal.aborted) return;
      this.#fields = fields;
      const changes = [...before, ...answer.features];
      this.#take(changes, answer.next, changes.length === 0 ? words.noChanges : words.changed(changes.length, answer.next !== null));
    } catch (error) {
      if (!wasReplaced(error)) this.#take([], null, (error instanceof Unanswered ? error.sentence : null) ?? words.failed);
    }
  }

  #take(changes: readonly Change[], next: string | null, sentence: string): void {
    this.#changes = changes;
    this.#next = next;
    this.#says.textContent = sentence;
    if (!changes.some(({ id }) => id === this.#chosen)) this.#chosen = null;
    this.#host.onRead(changes, this.#chosen);
    this.#show();
  }

  #show(): void {
    this.#more.hidden = this.#next === null;
    const focused = this.#list.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["uid"] : undefined;
    this.#list.replaceChildren(...this.#changes.map((change) => this.#item(change)));
    if (focused !== undefined) this.#list.querySelector<HTMLElement>(`[data-uid="${focused}"]`)?.focus();
  }

  #item(change: Change): HTMLElement {
    const words = compareWords(this.#desk);
    const { change: kind, ref, before, after } = change.properties;
    const layer = this.#layer;
    const feature = after ?? before;
    const name = layer === undefined || feature === null ? ref : nameOf({ layer, feature });
    const isChosen = change.id === this.#chosen;
    const sign = element("span", { class: "map-change-sign", "data-kind": kind, "aria-hidden": "true" }, SIGNS[kind]);
    const said = [words.kinds[kind], ...this.#changedTitles(change)].join(" · ");
    const text = element("span", {}, element("strong", {}, name), " ", element("span", { class: "soft" }, said));
    const button = element("button", { type: "button", class: "map-change", "data-uid": change.id, "aria-expanded": String(isChosen) }, sign, text);
    button.addEventListener("click", () => this.choose(isChosen ? null : change.id));
    return element("li", {}, button, ...(isChosen ? [this.#sides(change)] : []));
  }

  #changedTitles({ properties }: Change): string[] {
    return properties.changed.map((name) => (name === "geom" ? compareWords(this.#desk).shape : (this.#fields[name]?.title ?? name)));
  }

  /** Field by field as it was and as it is; of what was edited, only what differs. */
  #sides({ properties }: Change): HTMLElement {
    const words = compareWords(this.#desk);
    const { before, after, changed } = properties;
    const value = (side: typeof before, name: string): string =>
      shownValue(side?.properties?.[name], this.#fields[name]!, this.#desk.language, this.#desk.words) ?? "–";
    const names = Object.keys(this.#fields).filter((name) => (before !== null && after !== null ? changed.includes(name) : name in ((after ?? before)?.properties ?? {})));
    const rows = names
      .map((name) => [name, value(before, name), value(after, name)] as const)
      .filter(([, was, is]) => was !== "–" || is !== "–")
      .map(([name, was, is]) => element("tr", {}, element("th", { scope: "row" }, this.#fields[name]!.title), element("td", {}, was), element("td", {}, is)));
    const head = element("tr", {}, element("th", { scope: "col" }, words.field), element("th", { scope: "col" }, words.before), element("th", { scope: "col" }, words.after));
    return element("table", { class: "map-sides" }, element("thead", {}, head), element("tbody", {}, ...rows));
  }
}
