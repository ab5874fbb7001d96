import type { Geometry } from "geojson";
import type { AddedLayer } from "../../address";
import { shownCount } from "../../amounts";
import { Unanswered, wasReplaced } from "../../api";
import { chip } from "../../chips";
import type { Desk, Tool, Wish } from "../../desk";
import { element } from "../../element";
import type { OwnLayer } from "../../own_layers";
import { isTooLarge, type Look, lookInto, type Place, setsOf } from "./look";
import { PlacesOnMap } from "./places_on_map";
import { ServerForm } from "./server_form";
import { fileWords } from "./words";

const ACCEPTED = ".zip,.shp,.shx,.dbf,.prj,.cpg,.gpkg,.dxf,.kml,.kmz,.gpx,.geojson,.json,.gml,.fgb,.csv,.txt,.xlsx,.tab,.mif,.mid";

export const TOOL: Tool = {
  title: { tr: "Dosya aç", en: "Open a file", fr: "Ouvrir un fichier" },
  open(desk: Desk, body: HTMLElement, wish: Wish): () => void {
    const opening = new Opening(desk, body);
    void opening.openAll(wish.files ?? []);
    return () => opening.end();
  },
};

/** Files of one's own, one after the other: read, placed, shown. */
class Opening {
  readonly #desk: Desk;
  readonly #says = element("div", { role: "status" });
  readonly #places = element("div", {});
  readonly #asking = new AbortController();
  #onMap: PlacesOnMap | null = null;

  constructor(desk: Desk, body: HTMLElement) {
    const words = fileWords(desk);
    this.#desk = desk;
    const input = element("input", { type: "file", multiple: true, accept: ACCEPTED });
    input.addEventListener("change", () => void this.openAll([...(input.files ?? [])]));
    body.replaceChildren(
      element("label", { class: "map-draw-field" }, words.choose, input),
      element("p", { class: "map-legend-note" }, words.hint(desk.config.look_limit_mb)),
      this.#says,
      this.#places,
      ...(desk.config.foreign === null ? [] : [new ServerForm(desk, desk.config.foreign, (look, added) => this.#showFetched(look, added)).root]),
    );
  }

  end(): void {
    this.#asking.abort();
    this.#clearPlaces();
  }

  async openAll(files: readonly File[]): Promise<void> {
    for (const set of setsOf(files)) await this.#open(set, null);
  }

  async #open(files: readonly File[], crs: string | null): Promise<void> {
    const { config, language } = this.#desk;
    const words = fileWords(this.#desk);
    const name = files.map((file) => file.name).join(", ");
    this.#clearPlaces();
    if (isTooLarge(files, config.look_limit_mb)) return this.#tell(words.tooLarge(name, config.look_limit_mb));
    this.#tell(words.reading(name));
    try {
      const look = await lookInto(config.looks, language, files, crs, this.#asking.signal);
      if (look.layers.length === 0) await this.#ask(look, files);
      else this.#show(look, files);
    } catch (error) {
      if (!wasReplaced(error)) this.#tell((error instanceof Unanswered ? error.sentence : null) ?? words.failed(name));
    }
  }

  /** Nothing is shown before somebody has said where it lies; the next file waits until then. */
  #ask(look: Look, files: readonly File[]): Promise<void> {
    this.#tell(look.says ?? "");
    return new Promise((resolve) => {
      this.#onMap = new PlacesOnMap(this.#desk.view.canvas, look.places);
      this.#offer(look, fileWords(this.#desk).where(look.file), (crs) => void this.#open(files, crs).then(resolve));
      this.#places.querySelector<HTMLElement>("button")?.focus();
    });
  }

  #offer({ places }: Look, heading: string, onUse: (crs: string) => void): void {
    const cards = places.map((place, index) => this.#card(place, index + 1, onUse));
    this.#places.replaceChildren(element("h3", { class: "map-result-heading" }, heading), element("ol", { class: "map-places" }, ...cards));
  }

  #card(place: Place, number: number, onUse: (crs: string) => void): HTMLElement {
    const words = fileWords(this.#desk);
    const { crs } = place;
    const onMap = this.#onMap;
    const show = chip(words.show, () => onMap?.select(number));
    show.setAttribute("aria-label", `${words.show}: ${place.name}`);
    const use = chip(words.use, () => onUse(crs ?? ""));
    use.setAttribute("aria-label", `${words.use}: ${place.name}`);
    return element(
      "li",
      {},
      element("strong", {}, `${number}. ${place.name}`),
      element("ul", {}, ...place.why.map((sentence) => element("li", {}, sentence))),
      place.is_used ? element("p", { class: "soft" }, words.used) : null,
      element("div", { class: "map-chips" }, onMap === null || place.area === null ? null : show, crs === null || place.is_used ? null : use),
    );
  }

  /** Of another server: it says itself where it lies, or is not shown. */
  #showFetched(look: Look, added: AddedLayer): void {
    if (look.layers.length > 0) this.#show({ ...look, places: [] }, [], added);
    else this.#tell(look.says ?? fileWords(this.#desk).failed(look.file));
  }

  #show(look: Look, files: readonly File[], added: AddedLayer | null = null): void {
    const { own, view } = this.#desk;
    const made = look.layers.map((layer) => own.add(look.file, layer, look.layers.length === 1 ? added : null));
    const geometries = made.flatMap(({ features }) => features.flatMap(({ geometry }) => (geometry as Geometry | null) ?? []));
    view.goToShape({ type: "GeometryCollection", geometries });
    this.#tellOf(look, made);
    if (look.places.length < 2) return;
    this.#offer(look, fileWords(this.#desk).otherPlaces, (crs) => {
      for (const { layer } of made) own.remove(layer.id);
      void this.#open(files, crs);
    });
  }

  #tellOf(look: Look, made: readonly OwnLayer[]): void {
    const words = fileWords(this.#desk);
    const counted = (count: number): string => shownCount(count, this.#desk.language);
    const shown = made.reduce((sum, { features }) => sum + features.length, 0);
    const shapeless = made.reduce((sum, { features }) => sum + features.filter(({ geometry }) => (geometry as Geometry | null) === null).length, 0);
    const cut = made.filter(({ features, count }) => features.length < count);
    this.#tell(
      words.opened(look.file, made.length, counted(shown), look.system ?? ""),
      ...cut.map(({ layer, features, count }) => words.firstOnly(layer.title, counted(features.length), counted(count))),
      ...(shapeless > 0 ? [words.noShape(counted(shapeless))] : []),
    );
    const tables = made.map(({ layer }) => chip(words.table(layer.title), () => void this.#desk.openTable({ layer })));
    const layers = chip(words.layers, () => void this.#desk.openTool("layers", () => import("../layers/tool")));
    this.#says.append(element("div", { class: "map-chips" }, layers, ...tables));
  }

  #clearPlaces(): void {
    this.#onMap?.remove();
    this.#onMap = null;
    this.#places.replaceChildren();
  }

  #tell(...sentences: string[]): void {
    this.#says.replaceChildren(...sentences.map((sentence) => element("p", {}, sentence)));
  }
}
