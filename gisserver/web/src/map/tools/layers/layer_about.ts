import { shownAge, shownDay } from "../../age";
import { shownCount } from "../../amounts";
import { wasReplaced } from "../../api";
import type { Desk } from "../../desk";
import { element } from "../../element";
import { type Change, type DistrictFacts, type Gap, gapsIn, type LayerFacts, notDelivered } from "../../layer_facts";
import { scaleAt, shownScale } from "../../map_scale";
import type { PoolLayer } from "../../pool_style";
import { layerWords } from "./words";

/** Whose a layer is, how old, and what of it is missing in view; asked anew when the map has moved. */
export class LayerAbout {
  readonly button: HTMLButtonElement;
  readonly root: HTMLElement;
  readonly #desk: Desk;
  readonly #layer: PoolLayer;
  readonly #told = element("div", { class: "map-layer-told" });
  #asking = new AbortController();

  constructor(desk: Desk, layer: PoolLayer) {
    const words = layerWords(desk);
    this.#desk = desk;
    this.#layer = layer;
    this.root = element("div", { class: "map-layer-about", id: `about-${layer.id}`, hidden: true }, element("p", {}, layer.description), this.#told);
    this.button = element("button", { type: "button", class: "map-layer-info", "aria-label": words.infoOf(layer.title), "aria-controls": this.root.id }, "i");
    this.button.addEventListener("click", () => this.setOpen(this.button.ariaExpanded !== "true"));
    this.setOpen(false);
  }

  setOpen(isOpen: boolean): void {
    this.root.hidden = !isOpen;
    this.button.ariaExpanded = String(isOpen);
    if (isOpen) void this.ask();
  }

  /** What is in view has changed. */
  async ask(): Promise<void> {
    if (this.button.ariaExpanded !== "true") return;
    const { api, view } = this.#desk;
    this.#asking.abort();
    this.#asking = new AbortController();
    try {
      this.#show(await api.about(this.#layer.id, view.bounds, this.#asking.signal));
    } catch (error) {
      if (!wasReplaced(error)) this.#told.replaceChildren(element("p", {}, layerWords(this.#desk).aboutFailed));
    }
  }

  #show(facts: LayerFacts): void {
    const words = layerWords(this.#desk);
    this.#told.replaceChildren(
      this.#facts(facts),
      element("h3", {}, words.missingHere),
      ...this.#missing(facts),
      this.#byDistrict(facts.districts),
    );
    this.#told.dataset["epoch"] = String(facts.epoch);
  }

  #facts({ changed, contact, credits, crs, features, licence }: LayerFacts): HTMLElement {
    const words = layerWords(this.#desk);
    const rows: readonly (readonly [string, Node | string | null])[] = [
      [words.age, changed === null ? words.neverChanged : this.#moment(changed)],
      [words.features, shownCount(features, this.#desk.language)],
      [words.drawn, this.#scales()],
      [words.keeper, contact?.name === undefined ? null : linked(contact.name, contact.url)],
      [words.source, credits.length === 0 ? null : credits.join(", ")],
      [words.licence, licence === null ? null : linked(licence.title, licence.url)],
      [words.system, `${crs.name} (${crs.code})`],
    ];
    const told = rows.flatMap(([name, value]) => (value === null ? [] : [element("div", {}, element("dt", {}, name), element("dd", {}, value))]));
    return element("dl", {}, ...told);
  }

  #moment({ at, epoch }: Change): HTMLElement {
    const { language } = this.#desk;
    const moment = new Date(at);
    const day = element("time", { datetime: at }, shownDay(moment, language));
    return element("span", {}, `${shownAge(moment, new Date(), language)} (`, day, `, ${layerWords(this.#desk).publish(epoch)})`);
  }

  #scales(): string {
    const words = layerWords(this.#desk);
    const { language, view } = this.#desk;
    const from = (zoom: number): string => shownScale(scaleAt(zoom, view.place.lat), language);
    const { features_from_zoom: features, from_zoom: first } = this.#layer;
    return first >= features ? words.from(from(features)) : words.fromAndFeatures(from(first), from(features));
  }

  #missing(facts: LayerFacts): HTMLElement[] {
    const words = layerWords(this.#desk);
    if (facts.districts.length === 0) return [element("p", {}, words.nowhere)];
    const missing = notDelivered(facts);
    const gaps = gapsIn(facts);
    const sentence = missing.length === 0 ? words.allDelivered(facts.districts.length) : words.notDelivered(missing.join(", "));
    return [
      element("p", { class: missing.length === 0 ? "" : "map-layer-missing" }, sentence),
      ...(gaps.length === 0 ? [] : [element("p", {}, words.unsurveyed), element("ul", {}, ...gaps.map((gap) => this.#gap(gap)))]),
    ];
  }

  #gap({ inPart, never, title, underReview }: Gap): HTMLElement {
    const words = layerWords(this.#desk);
    const percent = new Intl.NumberFormat(this.#desk.language, { style: "percent" });
    const says = [
      never.length === 0 ? null : words.never(never.join(", ")),
      inPart.length === 0 ? null : words.inPart(inPart.map(([name, share]) => `${name} (${percent.format(share)})`).join(", ")),
      underReview.length === 0 ? null : words.underReview(underReview.join(", ")),
    ].filter((one) => one !== null);
    return element("li", {}, element("b", {}, title), `: ${says.join("; ")}`);
  }

  #byDistrict(districts: readonly DistrictFacts[]): HTMLElement | string {
    const words = layerWords(this.#desk);
    const { language } = this.#desk;
    if (districts.length === 0) return "";
    const rows = districts.map(({ changed, features, name }) =>
      element(
        "li",
        {},
        element("b", {}, name),
        ": ",
        features === 0 ? words.nothingYet : shownCount(features, language),
        ...(changed === null ? [] : [" · ", this.#moment(changed)]),
      ),
    );
    return element("details", {}, element("summary", {}, words.byDistrict(districts.length)), element("ul", {}, ...rows));
  }
}

function linked(title: string, address: string | undefined): Node {
  return address === undefined ? document.createTextNode(title) : element("a", { href: address, rel: "noopener" }, title);
}
