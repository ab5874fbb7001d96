import { WITH_PAGE } from "../../card";
import { chip } from "../../chips";
import { filled } from "../../config";
import type { Desk, Tool } from "../../desk";
import { element } from "../../element";
import { unseenByOthers } from "./unseen";
import { shareWords } from "./words";

export const TOOL: Tool = {
  title: { tr: "Paylaş", en: "Share", fr: "Partager" },
  open(desk: Desk, body: HTMLElement): () => void {
    const sharing = new Sharing(desk, body);
    return () => sharing.end();
  },
};

/** What is seen, to be handed on: as a link, as a code, as the page of a feature; and what others will not see of it. */
class Sharing {
  readonly #desk: Desk;
  readonly #view: HTMLInputElement;
  readonly #page = element("div");
  readonly #short = element("div", { "aria-live": "polite" });
  readonly #unseen = element("div", { class: "map-legend-note" });
  readonly #snippet = element("textarea", { id: "share-embed", readonly: true, rows: 4 });
  readonly #qgis = element("a", { class: "map-chip", download: true });
  readonly #says = element("p", { role: "status" });
  readonly #endings: (() => void)[];

  constructor(desk: Desk, body: HTMLElement) {
    const words = shareWords(desk);
    this.#desk = desk;
    const view = this.#copied(words.view, location.href);
    this.#view = view.querySelector("input")!;
    const makeShort = chip(words.makeShort, () => void this.#shorten());
    const chips = element("div", { class: "map-chips" }, makeShort);
    body.replaceChildren(view, this.#unseen, this.#page, chips, this.#short, this.#forQgis(), this.#embedding(), this.#says);
    const follow = (): void => this.#follow();
    desk.view.canvas.on("moveend", follow);
    this.#endings = [
      () => void desk.view.canvas.off("moveend", follow),
      desk.layers.onChange(follow),
      desk.onChosen(() => void this.#showPage()),
    ];
    this.#follow();
    void this.#showPage();
  }

  end(): void {
    for (const end of this.#endings) end();
  }

  /** The address changes with the view; a short link of before is of another one. */
  #follow(): void {
    const words = shareWords(this.#desk);
    // The page writes the address at the same event.
    queueMicrotask(() => {
      this.#view.value = location.href;
      this.#snippet.value = this.#frame();
      this.#qgis.href = this.#project();
    });
    this.#short.replaceChildren();
    const titles = unseenByOthers(this.#desk.layers.shown).map(({ title }) => title);
    const says = [
      titles.length > 0 ? words.notForAll(titles.join(", ")) : words.everybodySees,
      ...(this.#desk.config.token === "" ? [] : [words.fewerFields]),
      words.staysHere,
    ];
    this.#unseen.replaceChildren(...says.map((sentence) => element("p", {}, sentence)));
  }

  /** For the pages of others: what to write there, and who may. */
  #embedding(): HTMLElement {
    const words = shareWords(this.#desk);
    const { embedders } = this.#desk.config;
    const who = embedders.length > 0 ? words.embedders(embedders.join(", ")) : words.nobodyEmbeds;
    this.#snippet.addEventListener("focus", () => this.#snippet.select());
    const button = chip(words.copyShort, () => void this.#copy(this.#snippet.value));
    button.setAttribute("aria-label", words.copy(words.snippet));
    return element(
      "details",
      { class: "map-share-embed" },
      element("summary", {}, words.embed),
      element("p", { class: "map-legend-note" }, who),
      element("label", { for: this.#snippet.id }, words.snippet),
      this.#snippet,
      button,
    );
  }

  #forQgis(): HTMLElement {
    const words = shareWords(this.#desk);
    this.#qgis.textContent = words.qgis;
    return element("div", { class: "map-chips" }, this.#qgis, element("p", { class: "map-legend-note" }, words.qgisHint));
  }

  /** What everybody sees of it: QGIS brings no session. */
  #project(): string {
    const { config, language, layers, view } = this.#desk;
    const ids = layers.shown.filter((layer) => layer.is_public).map(({ id }) => id);
    const bbox = view.bounds.map((side) => side.toFixed(6)).join(",");
    return `${config.qgis}?${new URLSearchParams({ bbox, lang: language, ...(ids.length > 0 ? { layers: ids.join(",") } : {}) })}`;
  }

  #frame(): string {
    const frame = element("iframe", {
      src: new URL(`${this.#desk.config.embed}${location.hash}`, location.href).href,
      title: shareWords(this.#desk).mapTitle,
      width: "100%",
      height: 480,
      loading: "lazy",
    });
    return frame.outerHTML;
  }

  async #showPage(): Promise<void> {
    const words = shareWords(this.#desk);
    const { chosen, config } = this.#desk;
    const uid = chosen?.feature.id;
    if (chosen === null || uid === undefined || !WITH_PAGE.has(chosen.layer.id)) {
      return this.#page.replaceChildren(element("p", { class: "map-legend-note" }, words.noPage));
    }
    const answer = await fetch(`${filled(config.items, chosen.layer.id)}/${uid}/page?f=json`);
    if (!answer.ok || this.#desk.chosen !== chosen) return;
    const { href } = (await answer.json()) as { readonly href: string };
    this.#page.replaceChildren(this.#copied(words.page, href));
  }

  async #shorten(): Promise<void> {
    const words = shareWords(this.#desk);
    const { links, token } = this.#desk.config;
    const path = `${location.pathname}${location.search}${location.hash}`;
    const headers = { "Content-Type": "application/json", ...(token === "" ? {} : { "X-CSRFToken": token }) };
    const answer = await fetch(links, { method: "POST", headers, body: JSON.stringify({ path }) }).catch(() => null);
    if (answer === null || !answer.ok) return this.#say(words.shortFailed);
    const { href, qr } = (await answer.json()) as { readonly href: string; readonly qr: string };
    this.#short.replaceChildren(
      this.#copied(words.short, href),
      element("img", { class: "map-share-code", src: qr, alt: words.code, width: 160, height: 160 }),
    );
  }

  /** A text that is marked when it is entered, with a button that copies it. */
  #copied(label: string, text: string): HTMLElement {
    const words = shareWords(this.#desk);
    const id = `share-${label.replace(/\W+/g, "-").toLowerCase()}`;
    const input = element("input", { type: "text", id, readonly: true, value: text });
    input.addEventListener("focus", () => input.select());
    const button = chip(words.copyShort, () => void this.#copy(input.value));
    button.setAttribute("aria-label", words.copy(label));
    return element("div", { class: "map-share-line" }, element("label", { for: id }, label), element("div", {}, input, button));
  }

  async #copy(text: string): Promise<void> {
    const words = shareWords(this.#desk);
    try {
      await navigator.clipboard.writeText(text);
      this.#say(words.copied);
    } catch {
      this.#say(words.notCopied);
    }
  }

  #say(sentence: string): void {
    this.#says.textContent = sentence;
  }
}
