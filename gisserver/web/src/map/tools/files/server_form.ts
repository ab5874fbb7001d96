import { type AddedLayer, isKept } from "../../address";
import { shownCount } from "../../amounts";
import { Unanswered } from "../../api";
import { chip } from "../../chips";
import type { Desk } from "../../desk";
import { element } from "../../element";
import { addTiles, featuresThere, layersThere, type Offered, takenFrom } from "./foreign";
import type { Look } from "./look";
import { fileWords } from "./words";

const KINDS = [["wms", "WMS"], ["wmts", "WMTS"], ["wfs", "WFS"], ["ogcapi", "OGC API"]] as const;

/** Another server by its address: what it offers, and one of its layers onto the map. */
export class ServerForm {
  readonly root: HTMLDetailsElement;
  readonly #desk: Desk;
  readonly #foreign: string;
  readonly #onFeatures: (look: Look, added: AddedLayer) => void;
  readonly #kind = element("select", {}, ...KINDS.map(([value, title]) => element("option", { value }, title)));
  readonly #address = element("input", { type: "text", inputmode: "url", required: true, spellcheck: "false" });
  readonly #found = element("div", {});
  readonly #says = element("p", { role: "status" });

  constructor(desk: Desk, foreign: string, onFeatures: (look: Look, added: AddedLayer) => void) {
    const words = fileWords(desk);
    this.#desk = desk;
    this.#foreign = foreign;
    this.#onFeatures = onFeatures;
    const form = element(
      "form",
      {},
      element("p", { class: "map-legend-note" }, words.serverHint),
      element("label", { class: "map-draw-field" }, words.kind, this.#kind),
      element("label", { class: "map-draw-field" }, words.address, this.#address),
      element("div", { class: "map-chips" }, element("button", { class: "map-chip" }, words.list)),
    );
    this.root = element("details", { class: "map-filter-fold" }, element("summary", {}, words.server), form, this.#found, this.#says);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#trying(() => this.#list(this.#kind.value, this.#address.value.trim()));
    });
  }

  async #list(kind: string, address: string): Promise<string> {
    const words = fileWords(this.#desk);
    this.#found.replaceChildren();
    const layers = await layersThere(this.#desk, this.#foreign, kind, address);
    const choice = element("select", {}, ...layers.map(({ title }, index) => element("option", { value: index }, title)));
    const buttons = element("div", { class: "map-chips" });
    const offer = (): void => buttons.replaceChildren(...this.#ways(kind, address, layers[Number(choice.value)]));
    choice.addEventListener("change", offer);
    offer();
    this.#found.replaceChildren(element("label", { class: "map-draw-field" }, words.layerThere, choice), buttons);
    choice.focus();
    return words.listed(layers.length);
  }

  #ways(kind: string, address: string, layer: Offered | undefined): HTMLElement[] {
    const words = fileWords(this.#desk);
    if (layer === undefined) return [];
    const asMap = chip(words.asPictures, () => void this.#trying(() => addTiles(this.#desk, this.#foreign, { kind, address }, layer)));
    const asFeatures = chip(words.asFeatures, () => void this.#trying(() => this.#take(kind, address, layer)));
    return [...((layer.pictures ?? layer.tiles) === null ? [] : [asMap]), ...(layer.features === null ? [] : [asFeatures])];
  }

  async #take(kind: string, address: string, layer: Offered): Promise<string> {
    const words = fileWords(this.#desk);
    const [look, hasMore] = await featuresThere(this.#desk, this.#foreign, kind, layer);
    this.#onFeatures(look, takenFrom(kind, layer.name, address));
    const count = look.layers.reduce((sum, { features }) => sum + features.length, 0);
    const notes = [hasMore ? words.thereAreMore(layer.title, shownCount(count, this.#desk.language)) : "", look.layers.length === 1 && !isKept(this.#desk.own.added) ? words.notKept : ""];
    return notes.join(" ").trim();
  }

  async #trying(act: () => Promise<string>): Promise<void> {
    const words = fileWords(this.#desk);
    this.#says.textContent = words.fetching;
    try {
      this.#says.textContent = await act();
    } catch (error) {
      this.#says.textContent = (error instanceof Unanswered ? error.sentence : null) ?? words.serverFailed;
    }
  }
}
