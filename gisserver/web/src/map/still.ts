import { type MapAddress, parseAddress, renderAddress } from "./address";
import type { MapConfig } from "./config";
import { element } from "./element";
import { Ground } from "./ground";
import { pictureAddress } from "./picture_address";
import type { PoolStyle } from "./pool_style";
import type { Words } from "./words";

const STEP = 0.5;
/** The service draws no larger pictures. */
const MOST_PX = 2048;
const LOWEST_PX = 240;
const SHARE_OF_SCREEN = 0.6;
const LEAST_ZOOM = 6;
const MOST_ZOOM = 20;

/** The map for a browser that cannot draw it: a picture made by the service, moved by buttons. */
export class StillMap {
  readonly element: HTMLElement;
  readonly #config: MapConfig;
  readonly #words: Words;
  readonly #asked: MapAddress;
  readonly #picture: HTMLImageElement;
  readonly #says = element("p", { role: "status" });
  readonly #whole: readonly [number, number, number, number];
  #ground: Ground;

  constructor(config: MapConfig, style: PoolStyle, words: Words) {
    this.#config = config;
    this.#words = words;
    this.#asked = parseAddress(location.hash);
    this.#whole = style.metadata["pool:bounds"];
    const width = Math.min(document.documentElement.clientWidth, MOST_PX);
    const height = Math.min(Math.max(Math.round(innerHeight * SHARE_OF_SCREEN), LOWEST_PX), MOST_PX);
    const { place } = this.#asked;
    this.#ground = place === null ? Ground.of(this.#whole, width, height) : new Ground(place, width, height);
    this.#picture = element("img", { class: "still-picture", width, height, alt: words.stillMap });
    this.element = this.#layOut();
    this.#listen();
    this.#draw();
  }

  #layOut(): HTMLElement {
    const { home, list } = this.#config;
    const { searchLabel, searchHint, search, noWebgl, toList } = this.#words;
    const box = element("input", { id: "still-search", name: "q", type: "search", placeholder: searchHint });
    return element(
      "div",
      { class: "still-map" },
      element("p", { role: "alert" }, noWebgl),
      element(
        "form",
        { role: "search", action: home },
        element("label", { for: "still-search" }, searchLabel),
        box,
        element("button", { class: "button" }, search),
      ),
      this.#picture,
      this.#buttons(),
      this.#says,
      element("p", {}, element("a", { href: list }, toList)),
    );
  }

  #buttons(): HTMLElement {
    const { north, south, west, east, controls, wholeArea, whatIsHere } = this.#words;
    const buttons: [title: string, act: () => void][] = [
      [west, () => this.#move(-STEP, 0)],
      [north, () => this.#move(0, STEP)],
      [south, () => this.#move(0, -STEP)],
      [east, () => this.#move(STEP, 0)],
      [controls["NavigationControl.ZoomIn"]!, () => this.#move(0, 0, 1)],
      [controls["NavigationControl.ZoomOut"]!, () => this.#move(0, 0, -1)],
      [wholeArea, () => this.#show(Ground.of(this.#whole, this.#ground.width, this.#ground.height))],
      [whatIsHere, () => this.#ask(this.#ground.width / 2, this.#ground.height / 2)],
    ];
    const made = buttons.map(([title, act]) => {
      const button = element("button", { type: "button", class: "button-quiet" }, title);
      button.addEventListener("click", act);
      return button;
    });
    return element("div", { class: "still-buttons" }, ...made);
  }

  #listen(): void {
    this.#picture.addEventListener("load", () => this.#tell(`${this.#ground.place.lat.toFixed(5)}, ${this.#ground.place.lon.toFixed(5)}`));
    this.#picture.addEventListener("error", () => this.#tell(this.#words.noPicture));
    this.#picture.addEventListener("click", ({ offsetX, offsetY }) => {
      const shrunk = this.#ground.width / this.#picture.clientWidth;
      this.#ask(offsetX * shrunk, offsetY * shrunk);
    });
    addEventListener("hashchange", () => location.reload());
  }

  #tell(sentence: string): void {
    this.#picture.removeAttribute("aria-busy");
    this.#says.textContent = sentence;
  }

  #move(right: number, up: number, nearer = 0): void {
    const zoom = this.#ground.place.zoom + nearer;
    if (zoom >= LEAST_ZOOM && zoom <= MOST_ZOOM) this.#show(this.#ground.moved(right, up, nearer));
  }

  #show(ground: Ground): void {
    this.#ground = ground;
    history.replaceState(null, "", renderAddress({ ...this.#asked, place: ground.place }));
    this.#draw();
  }

  #draw(): void {
    this.#picture.setAttribute("aria-busy", "true");
    this.#picture.src = pictureAddress(this.#config, this.#ground, this.#asked.layers);
  }

  /** The one box knows what lies at coordinates. */
  #ask(x: number, y: number): void {
    const [lon, lat] = this.#ground.degrees(x, y);
    location.assign(`${this.#config.home}?${new URLSearchParams({ q: `${lat.toFixed(6)}, ${lon.toFixed(6)}` })}`);
  }
}
