import { Api, type Hit } from "./api";
import { Card } from "./card";
import type { MapConfig } from "./config";
import { promised } from "./element";
import { parseHash, renderHash } from "./hash";
import { LayerList } from "./layer_list";
import { attachPanel } from "./panel";
import { type PoolLayer, type PoolStyle, shownLayers } from "./pool_style";
import { followPublishes } from "./publishes";
import { Search } from "./search";
import { View } from "./view";
import { wordsIn } from "./words";

/** The map page at work: search, layers, card and address all speak of the same view. */
export class MapPage {
  readonly #api: Api;
  readonly #layers: readonly PoolLayer[];
  readonly #view: View;
  readonly #list: LayerList;
  readonly #card: Card;
  readonly #words = wordsIn(document.documentElement.lang);
  readonly #status = promised("#map-status", HTMLElement);
  readonly #openPanel: (isOpen: boolean) => void;
  readonly #isWide = matchMedia("(min-width: 64rem)").matches;

  constructor(config: MapConfig, style: PoolStyle) {
    const asked = parseHash(location.hash);
    this.#api = new Api(config, document.documentElement.lang);
    this.#layers = style.metadata["pool:layers"];
    this.#view = new View(promised("#map", HTMLElement), style, asked, this.#words);
    this.#list = this.#makeList(shownLayers(this.#layers, asked?.layers ?? null));
    this.#openPanel = this.#makePanel();
    this.#card = this.#makeCard(config.answer);
    new Search(promised("#map-search", HTMLFormElement), this.#api, this.#words, (hit) => void this.#visit(hit));
    this.#listenToView();
    addEventListener("hashchange", () => this.#followHash());
    this.#keepUpToDate(style.metadata["pool:epoch"]);
  }

  #makeList(shown: Set<string>): LayerList {
    const place = promised("#map-layers-list", HTMLElement);
    return new LayerList(place, this.#layers, shown, this.#words, () => {
      this.#view.show(this.#list.shown);
      this.#remember();
    });
  }

  #makePanel(): (isOpen: boolean) => void {
    const heading = promised("#map-layers-heading", HTMLButtonElement);
    heading.textContent = this.#words.layers;
    return attachPanel(promised("#map-layers", HTMLElement), heading, this.#isWide);
  }

  #makeCard(answerAddress: string): Card {
    return new Card(promised("#map-card", HTMLElement), {
      language: document.documentElement.lang,
      words: this.#words,
      api: this.#api,
      answerAddress,
      onSelect: (feature) => this.#view.select(feature),
      onClose: () => this.#view.focus(),
    });
  }

  #listenToView(): void {
    const { canvas } = this.#view;
    canvas.on("load", () => {
      this.#view.show(this.#list.shown);
      this.#remember();
      canvas.getContainer().dataset["ready"] = "yes";
    });
    canvas.on("moveend", () => this.#remember());
    canvas.on("idle", () => this.#showLegend());
    canvas.on("click", ({ lngLat }) => void this.#lookAt(lngLat.lng, lngLat.lat));
    canvas.getCanvas().addEventListener("keydown", ({ key }) => {
      const { lng, lat } = canvas.getCenter();
      if (key === "Enter") void this.#lookAt(lng, lat).then(() => this.#card.focus());
      if (key === "Escape") this.#card.close();
    });
  }

  /** Where there is no room for both, the card takes the place of the layers. */
  async #lookAt(lon: number, lat: number): Promise<void> {
    if (!this.#isWide) this.#openPanel(false);
    await this.#card.open({ lon, lat, radius: this.#view.reach }, this.#visibleNow());
  }

  async #visit(hit: Hit): Promise<void> {
    const layer = this.#layers.find((one) => one.id === hit.layer);
    if (layer !== undefined) this.#switch(layer, true);
    this.#view.goTo(hit.lon, hit.lat, hit.bbox ?? null);
    await this.#card.open({ lon: hit.lon, lat: hit.lat, radius: this.#view.reach }, this.#visibleNow(), layer?.id);
  }

  #followHash(): void {
    const asked = parseHash(location.hash);
    if (asked === null) return;
    this.#view.jumpTo(asked);
    if (asked.layers === null) return;
    for (const layer of this.#layers) this.#switch(layer, asked.layers.includes(layer.id));
  }

  #switch(layer: PoolLayer, isShown: boolean): void {
    this.#list.set(layer.id, isShown);
    this.#view.show(this.#list.shown);
  }

  #visibleNow(): PoolLayer[] {
    const shown = this.#list.shown;
    return this.#layers.filter((layer) => shown.includes(layer.id) && this.#view.zoom >= layer.features_from_zoom);
  }

  #remember(): void {
    this.#list.setZoom(this.#view.zoom);
    history.replaceState(null, "", renderHash(this.#view.state(this.#list.shown)));
  }

  #showLegend(): void {
    for (const layer of this.#layers) {
      if (layer.legend.length > 0) this.#list.setInView(layer.id, this.#view.classesInView(layer));
    }
  }

  /** Tiles follow each publish without the page being loaded again; the status line says so. */
  #keepUpToDate(known: number): void {
    let epoch = known;
    const say = (sentence: string): void => void (this.#status.textContent = sentence);
    say(this.#words.publish(epoch));
    followPublishes(() => this.#api.epoch(), known, {
      onPublish: (newest) => {
        epoch = newest;
        this.#view.refresh(newest);
        say(this.#words.refreshed(newest));
      },
      onLost: () => say(this.#words.unreachable(epoch)),
      onBack: () => say(this.#words.publish(epoch)),
    });
  }
}
