import { type LayerState, type MapAddress, type OpenTool, parseAddress, renderAddress, saidOf } from "./address";
import { Api, type Hit, type LayerThen } from "./api";
import { Backgrounds } from "./backgrounds";
import { Card } from "./card";
import { type Command, COMMANDS } from "./command";
import { filled, type MapConfig } from "./config";
import type { Chosen, Desk, LoadTool, Title, Wish } from "./desk";
import { thingsNamed } from "./doable";
import { takeDrops } from "./dropping";
import { promised } from "./element";
import { Embedding } from "./embedding";
import { leftAside, openAdded, openDrawing } from "./followed_link";
import { Journal } from "./journal";
import { Keys } from "./keys";
import { inLanguage } from "./language";
import { Layers } from "./layers";
import { Legend } from "./legend";
import { onLongPress } from "./long_press";
import { Night } from "./night";
import { OwnLayers } from "./own_layers";
import { PanPad } from "./pan_pad";
import { Panel } from "./panel";
import type { PoolStyle } from "./pool_style";
import { Preview, shapesOf } from "./preview";
import { keepUpToDate } from "./up_to_date";
import { Search } from "./search";
import { Toolbar } from "./toolbar";
import { View } from "./view";
import { type Words, wordsIn } from "./words";

/** The map page at work: search, layers, legend, card, tools and address all speak of the same view. */
export class MapPage implements Desk {
  readonly api: Api;
  readonly backgrounds: Backgrounds;
  readonly config: MapConfig;
  readonly journal = new Journal();
  readonly language = document.documentElement.lang;
  readonly layers: Layers;
  readonly night: Night;
  readonly own: OwnLayers;
  readonly view: View;
  readonly words: Words = wordsIn(document.documentElement.lang);
  chosen: Chosen | null = null;
  #drawing: string | null = null;
  readonly #card: Card;
  readonly #publishListeners = new Set<(epoch: number) => void>();
  readonly #chosenListeners = new Set<(chosen: Chosen | null) => void>();
  readonly #isWide = matchMedia("(min-width: 64rem)").matches;
  readonly #legend: Legend;
  readonly #legendPanel = new Panel(promised("#map-legend", HTMLElement), this.#isWide);
  readonly #panel = new Panel(promised("#map-panel", HTMLElement), true);
  readonly #status = promised("#map-status", HTMLElement);
  readonly #embedding: Embedding | null;
  readonly #toolbar: Toolbar | null;
  #clicksTaken = 0;
  /** Until then the address is the one that somebody came with. */
  #isReady = false;
  #openTool: { readonly said: OpenTool; readonly end: () => void } | null = null;
  /** What a link says of the tool that is being opened by it. */
  #wish: Wish = {};

  constructor(config: MapConfig, style: PoolStyle) {
    const asked = parseAddress(location.hash);
    this.config = config;
    this.#drawing = asked.drawing;
    this.api = new Api(config, this.language);
    this.layers = new Layers(style.metadata["pool:layers"], this.journal, asked.layers);
    this.view = new View(promised("#map", HTMLElement), style, asked.place, this.words);
    this.view.canvas.addControl(new PanPad(this.words), "bottom-right");
    this.night = new Night(this.view);
    this.backgrounds = new Backgrounds(this.view.canvas, config.backgrounds);
    this.own = new OwnLayers(this.view.canvas, (layer, fields) => this.api.know(layer, fields));
    this.#card = this.#makeCard();
    this.#legend = new Legend(this.#legendPanel, this);
    const run = (command: Command): void => void this.#run(command);
    this.#toolbar = config.is_embedded ? null : new Toolbar(promised("#map-tools", HTMLElement), COMMANDS, this, run);
    if (!config.is_embedded) new Keys(COMMANDS, run);
    this.#embedding = config.is_embedded ? this.#embed() : null;
    this.#listenToSearch();
    this.closeTool();
    this.#listen(asked);
    keepUpToDate(this, style.metadata["pool:epoch"], (newest) => this.#drawnAnew(newest));
  }

  get drawing(): string | null {
    return this.#drawing;
  }

  set drawing(code: string | null) {
    this.#drawing = code;
    this.#remember();
  }

  said(title: Title): string {
    return inLanguage(title, this.language);
  }

  tell(sentence: string): void {
    this.#status.textContent = sentence;
  }

  draw(states: readonly LayerState[]): void {
    this.view.draw(states);
    this.#legend.askSoon();
  }

  onPublish(listener: (epoch: number) => void): () => void {
    this.#publishListeners.add(listener);
    return () => void this.#publishListeners.delete(listener);
  }

  visibleNow(): readonly LayerThen[] {
    return this.#drawnOn(this.view);
  }

  /** Until its first picture a map has what is set. */
  #drawnOn(view: View): readonly LayerThen[] {
    const states = view.states.length > 0 ? view.states : this.layers.states;
    return states.filter(({ isShown }) => isShown).flatMap(({ id, at }) => {
      const layer = this.layers.layer(id);
      return layer === undefined || view.zoom < layer.features_from_zoom ? [] : [{ layer, at }];
    });
  }

  isOpen(name: string): boolean {
    return this.#openTool?.said.name === name;
  }

  async toggle(name: string, load: LoadTool, wish: Wish = {}): Promise<void> {
    const wasOpen = this.isOpen(name);
    this.closeTool();
    if (wasOpen) return;
    try {
      const { TOOL } = await load();
      // Another one may have been opened while this one was on its way.
      if (this.#openTool !== null) this.closeTool();
      this.#panel.setTitle(this.said(TOOL.title));
      this.#panel.root.hidden = false;
      this.#panel.root.dataset["tool"] = name;
      this.#openTool = { said: { name, about: null, filter: null }, end: () => {} };
      const end = TOOL.open(this, this.#panel.body, { ...this.#wish, ...wish });
      this.#openTool = { ...this.#openTool, end };
      this.#panel.setOpen(true);
      this.#toolbar?.update();
      this.#remember();
    } catch (error) {
      console.warn(error);
      this.tell(this.words.toolFailed);
    }
  }

  note(about: string | null, filter: string | null = null): void {
    if (this.#openTool === null) return;
    this.#openTool = { ...this.#openTool, said: { ...this.#openTool.said, about, filter } };
    this.#remember();
  }

  foldPanel(): void {
    if (!this.#isWide) this.#panel.setOpen(false);
  }

  unfoldPanel(): void {
    this.#panel.setOpen(true);
  }

  closeTool(): void {
    this.#openTool?.end();
    this.#openTool = null;
    this.#panel.root.hidden = true;
    this.#panel.body.replaceChildren();
    this.#toolbar?.update();
    if (this.#isReady) this.#remember();
  }

  async openTool(name: string, load: LoadTool, wish: Wish = {}): Promise<void> {
    this.closeTool();
    await this.toggle(name, load, wish);
  }

  openTable(wish: Wish): Promise<void> {
    return this.openTool("table", () => import("./tools/table/tool"), wish);
  }

  async show(chosen: Chosen): Promise<void> {
    this.layers.change(chosen.layer.id, { isShown: true });
    this.view.goToShape(chosen.feature.geometry);
    await this.#card.show(chosen);
  }

  focusSearch(): void {
    promised("#map-search-input", HTMLInputElement).focus();
  }

  async lookAtMiddle(): Promise<void> {
    const { lng, lat } = this.view.canvas.getCenter();
    await this.lookAt(this.view, lng, lat);
    this.#card.focus();
  }

  /** Where there is no room for both, the card takes the place of the panel. */
  async lookAt(view: View, lon: number, lat: number): Promise<void> {
    if (!this.#isWide) this.#panel.setOpen(false);
    view.awaitAnswer();
    const own = view === this.view ? this.own.at(lon, lat) : [];
    await this.#card.open({ lon, lat, radius: view.reach }, this.#drawnOn(view), undefined, own);
  }

  whileClicksAreMine(): () => void {
    this.#clicksTaken += 1;
    return () => void (this.#clicksTaken -= 1);
  }

  onChosen(listener: (chosen: Chosen | null) => void): () => void {
    this.#chosenListeners.add(listener);
    return () => void this.#chosenListeners.delete(listener);
  }

  async #run(command: Command): Promise<void> {
    await command.run(this);
    this.#toolbar?.update();
  }

  #makeCard(): Card {
    return new Card(promised("#map-card", HTMLElement), {
      language: this.language,
      words: this.words,
      api: this.api,
      answerAddress: this.config.answer,
      itemsAddress: this.config.items,
      storyAddress: this.config.story,
      onSelect: (chosen) => this.#choose(chosen),
      onClose: () => this.view.focus(),
    });
  }

  #choose(chosen: Chosen | null): void {
    this.chosen = chosen;
    this.view.select(chosen?.feature ?? null);
    this.#remember();
    this.#embedding?.featurePicked(chosen);
    for (const listener of this.#chosenListeners) listener(chosen);
  }

  #listen(asked: MapAddress): void {
    const { canvas } = this.view;
    // A tile that did not come is asked for again once the service is back.
    canvas.on("error", ({ error }) => console.warn(error));
    canvas.on("load", () => {
      this.#drawLayers();
      this.backgrounds.choose(asked.background);
      this.night.set(asked.isNight);
      this.#tellOf(asked);
      canvas.getContainer().dataset["ready"] = "yes";
      this.#isReady = true;
      this.#embedding?.ready();
      void this.#openFeature(asked.feature);
      void this.#openSaid(asked.tool);
      void openDrawing(this, asked);
      void openAdded(this, asked);
    });
    this.view.sayWhenDrawn();
    canvas.on("moveend", () => {
      this.#remember();
      this.#legend.askSoon();
      this.#embedding?.viewChanged();
    });
    canvas.on("click", ({ lngLat }) => {
      if (this.#clicksTaken === 0) void this.lookAt(this.view, lngLat.lng, lngLat.lat);
    });
    onLongPress(canvas, (lon, lat) => {
      if (this.#clicksTaken === 0 && !this.config.is_embedded) void this.openTool("measure", () => import("./tools/measure/tool"), { at: [lon, lat] });
    });
    canvas.getCanvas().addEventListener("keydown", ({ key }) => {
      if (this.#clicksTaken > 0) return;
      if (key === "Enter") void this.lookAtMiddle();
      if (key === "Escape") this.#card.close();
    });
    this.layers.onChange(() => {
      this.#drawLayers();
      this.#embedding?.viewChanged();
    });
    for (const others of [this.own, this.backgrounds]) others.onChange(() => this.#creditOthers());
    this.night.onChange(() => this.#remember());
    takeDrops(document.body, (files) => void this.openTool("files", () => import("./tools/files/tool"), { files }));
    addEventListener("hashchange", ({ newURL }) => this.#followAddress(new URL(newURL).hash));
  }

  /** What of other servers is shown, and kept in the address. */
  #creditOthers(): void {
    const credits = [this.backgrounds.chosen?.credit ?? [], this.own.credits].flat();
    promised("#map-added-credits", HTMLElement).textContent = credits.join(", ");
    this.#legend.askSoon();
    this.#remember();
  }

  #drawLayers(): void {
    this.draw(this.layers.states);
    this.#remember();
  }

  #listenToSearch(): void {
    const preview = new Preview(this.view.canvas, this.language, shapesOf(this.api));
    new Search(promised("#map-search", HTMLFormElement), this.api, this.words, {
      things: (text) => thingsNamed(text, this),
      visit: (hit) => void this.#visit(hit),
      preview: (hit) => preview.show(hit),
      openPage: ({ layer, uid }) => location.assign(`${filled(this.config.items, layer ?? "")}/${uid}/page?f=html`),
    });
  }

  async #visit(hit: Hit): Promise<void> {
    const layer = this.layers.layer(hit.layer ?? "");
    if (layer !== undefined) this.layers.change(layer.id, { isShown: true });
    this.view.goTo(hit.lon, hit.lat, hit.bbox ?? null);
    await this.#card.open({ lon: hit.lon, lat: hit.lat, radius: this.view.reach }, this.#drawnOn(this.view), layer?.id);
    // Where others lie on it, or it is not drawn from so far away, it is still what was asked for.
    if (layer !== undefined && hit.uid && this.chosen?.feature.id !== hit.uid) await this.#opened([layer.id, hit.uid]);
  }

  /** The feature that a link names, which may have ended since. */
  async #openFeature(named: MapAddress["feature"]): Promise<void> {
    if (named === null || this.layers.layer(named[0]) === undefined) return;
    if ((await this.#opened(named)) === null) this.tell(this.words.featureGone);
  }

  async #opened([name, uid]: NonNullable<MapAddress["feature"]>): Promise<Chosen | null> {
    const layer = this.layers.layer(name);
    if (layer === undefined) return null;
    try {
      const chosen = { layer, feature: await this.api.feature(layer.id, uid), at: null };
      await this.#card.show(chosen);
      return chosen;
    } catch {
      return null;
    }
  }

  /** The tool that a link names, where it was. */
  async #openSaid(said: OpenTool | null): Promise<void> {
    const command = COMMANDS.find(({ id, isOn }) => id === said?.name && isOn !== undefined);
    if (said === null || command === undefined || this.config.is_embedded) return;
    this.#wish = { ...(said.about === null ? {} : { about: said.about }), ...(said.filter === null ? {} : { filter: said.filter }) };
    await this.#run(command);
    this.#wish = {};
  }

  /** In a frame, what the page around is told and may ask for. */
  #embed(): Embedding {
    return new Embedding(
      {
        view: () => ({ ...this.view.place, box: this.view.bounds, shown: this.layers.shown.map(({ id }) => id) }),
        layers: () => this.layers.all,
        goTo: (lon, lat, zoom) => this.view.jumpTo({ lon, lat, zoom: zoom ?? this.view.zoom }),
        goToBox: (box) => this.view.goTo((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, [...box]),
        showLayers: (layers) => this.layers.replace(layers),
        openFeature: async (layer, uid) => {
          const found = await this.#opened([layer, uid]);
          if (found !== null) this.view.goToShape(found.feature.geometry);
          return found !== null;
        },
      },
      this.config.embedders,
      this.words,
    );
  }

  /** The map may have written its own address since the link was followed. */
  #followAddress(hash: string): void {
    const asked = parseAddress(hash);
    if (asked.drawing !== null && asked.drawing !== this.#drawing) void openDrawing(this, asked);
    if (asked.place !== null) this.view.jumpTo(asked.place);
    if (asked.layers !== null) this.layers.replace(asked.layers);
    if (asked.background !== null) this.backgrounds.choose(asked.background);
    this.#tellOf(asked);
  }

  /** What of a link could not be followed; the rest of it was. */
  #tellOf(asked: MapAddress): void {
    const says = leftAside(asked, this);
    if (says !== "") this.tell(says);
  }

  #remember(): void {
    const feature = this.chosen?.feature.id === undefined ? null : ([this.chosen.layer.id, String(this.chosen.feature.id)] as const);
    const layers: readonly LayerState[] | null = saidOf(this.layers.states, this.layers.usual);
    const open = this.#openTool?.said ?? null;
    const tool = open?.name === "share" ? null : open; // it hands on what is seen, not itself
    const written = renderAddress({ place: this.view.place, layers, feature, tool, drawing: this.#drawing, background: this.backgrounds.chosen?.id ?? null, isNight: this.night.isOn, added: this.own.added });
    history.replaceState(null, "", written);
    if (this.config.is_embedded) promised("#map-whole", HTMLAnchorElement).hash = written;
  }

  /** The legend and the tools follow what the map draws anew: after a publish its number, else null. */
  #drawnAnew(newest: number | null): void {
    this.#legend.askSoon();
    if (newest !== null) for (const listener of this.#publishListeners) listener(newest);
  }
}
