import type { Map as Canvas } from "maplibre-gl";
import { element } from "../map/element";
import type { Sides } from "../map/box_around";
import { SheetFrame } from "./frame";
import { groundOf, roundScale, type Sheet } from "./ground";
import { type Offer, type Paper, PrintJobs, PrintRefused, type PrintState } from "./job";
import { type PrintWords, printWords } from "./words";
import "./print.css";

/** A layer of another server, from its own address. */
export interface PrintedPicture {
  readonly title: string;
  readonly address: string;
  readonly credit: string;
  readonly opacity: number;
  /** So many of the drawings lie beneath it. */
  readonly over: number;
}

/** What lies above the layers of the pool. */
export interface Above {
  /** Null for nothing. */
  readonly drawings: object | null;
  /** From below. */
  readonly pictures: readonly PrintedPicture[];
  /** Titles of layers of which more lies there than a print takes. */
  readonly left: readonly string[];
}

/** What of the map goes to print. */
export interface Printable {
  readonly canvas: Canvas;
  readonly language: string;
  /** Where prints are ordered, and the page's token where somebody has signed in. */
  readonly address: string;
  readonly token: string;
  /** From the top of the map. */
  layers(): readonly { readonly id: string; readonly opacity: number; readonly at: string | null }[];
  /** The map of another server that all lies on; null for none. */
  background(): string | null;
  /** What the person has drawn, opened and added. */
  above(box: Sides): Above;
  /** What of the map a sheet cannot show. */
  unprinted(): readonly string[];
  /** The path that shows the same view. */
  view(): string;
}

/** Put the form into `body` and the frame over the map; what is given back takes both away. */
export function attachPrint(map: Printable, body: HTMLElement): () => void {
  const words = printWords(map.language);
  const jobs = new PrintJobs(map.address, map.token, map.language);
  let panel: PrintPanel | null = null;
  let isOver = false;
  body.replaceChildren(element("p", { class: "soft", role: "status" }, words.loading));
  jobs.offer().then(
    (offer) => {
      if (!isOver) panel = new PrintPanel(map, jobs, offer, words, body);
    },
    () => body.replaceChildren(element("p", { role: "alert" }, words.failed)),
  );
  return () => {
    isOver = true;
    panel?.end();
  };
}

class PrintPanel {
  readonly #map: Printable;
  readonly #jobs: PrintJobs;
  readonly #offer: Offer;
  readonly #words: PrintWords;
  readonly #frame: SheetFrame;
  readonly #form: HTMLFormElement;
  readonly #left = element("p", { class: "map-problem", role: "status", hidden: true });
  readonly #result = element("div", { class: "print-result", "aria-live": "polite" });
  #waiting = new AbortController();

  constructor(map: Printable, jobs: PrintJobs, offer: Offer, words: PrintWords, body: HTMLElement) {
    this.#map = map;
    this.#jobs = jobs;
    this.#offer = offer;
    this.#words = words;
    this.#form = this.#makeForm();
    const { lng, lat } = map.canvas.getCenter();
    this.#write({ lon: lng, lat, scale: this.#firstScale(), rotation: 0 });
    this.#frame = new SheetFrame(map.canvas, offer.central_meridian, this.#sheet(), words, (sheet) => this.#write(sheet));
    this.#form.addEventListener("input", () => this.#frame.show(this.#sheet()));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#print();
    });
    const missing = map.unprinted();
    const notes = missing.length === 0 ? [] : [element("p", { class: "map-problem", role: "note" }, words.unprinted(missing.join(", ")))];
    body.replaceChildren(...notes, this.#form, this.#left, this.#result);
  }

  end(): void {
    this.#waiting.abort();
    this.#frame.remove();
  }

  #makeForm(): HTMLFormElement {
    const words = this.#words;
    const names = [...new Set(this.#offer.papers.map(({ name }) => name))];
    const papers = names.map((name) => element("option", { value: name, disabled: !this.#offer.allowed.papers.includes(name) }, name));
    const isFew = this.#offer.allowed.papers.length < names.length;
    return element(
      "form",
      { class: "print-form" },
      labelled(words.paper, element("select", { name: "paper" }, ...papers)),
      labelled(words.orientation, choice("orientation", { portrait: words.portrait, landscape: words.landscape })),
      isFew ? element("p", { class: "soft" }, words.signIn) : null,
      labelled(words.scale, number("scale", { min: 50, max: 1_000_000, step: "any" })),
      labelled(words.rotation, number("rotation", { min: 0, max: 360, step: "any" })),
      labelled(words.lon, number("lon", { step: "any" })),
      labelled(words.lat, number("lat", { step: "any" })),
      labelled(words.sheets, choice("sheets", { single: words.single, series: words.series })),
      labelled(words.title, element("input", { name: "title", maxlength: 120 })),
      labelled(words.note, element("input", { name: "note", maxlength: 400 })),
      labelled(words.format, choice("format", { pdf: words.pdf, png: words.png })),
      ticked(words.grid, "grid"),
      ticked(words.legend, "legend"),
      element("button", { class: "button" }, words.print),
    );
  }

  #field(name: string): HTMLInputElement | HTMLSelectElement {
    return this.#form.elements.namedItem(name) as HTMLInputElement;
  }

  #number(name: string): number {
    return Number(this.#field(name).value);
  }

  #paper(): Paper {
    const { papers } = this.#offer;
    const [name, orientation] = [this.#field("paper").value, this.#field("orientation").value];
    return papers.find((paper) => paper.name === name && paper.orientation === orientation) ?? papers[0]!;
  }

  #sheet(): Sheet {
    const { map_width_mm: widthMm, map_height_mm: heightMm } = this.#paper();
    const [lon, lat, rotation] = [this.#number("lon"), this.#number("lat"), this.#number("rotation")];
    return { lon, lat, rotation, widthMm, heightMm, scale: Math.max(1, this.#number("scale")) };
  }

  #write({ lon, lat, scale, rotation }: Pick<Sheet, "lon" | "lat" | "scale" | "rotation">): void {
    this.#field("lon").value = lon.toFixed(6);
    this.#field("lat").value = lat.toFixed(6);
    this.#field("scale").value = String(scale);
    this.#field("rotation").value = String(rotation);
  }

  /** So that the frame fills most of what is seen. */
  #firstScale(): number {
    const bounds = this.#map.canvas.getBounds();
    const metres = (bounds.getNorth() - bounds.getSouth()) * 111_000 * 0.7;
    return roundScale(metres, this.#paper().map_height_mm);
  }

  #wishes(): object {
    const { lon, lat, scale, rotation } = this.#sheet();
    const paper = this.#paper();
    const bounds = this.#map.canvas.getBounds();
    const [grid, legend] = ["grid", "legend"].map((name) => (this.#field(name) as HTMLInputElement).checked);
    const bbox: Sides = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const isSeries = this.#field("sheets").value === "series";
    const { drawings, pictures, left } = this.#map.above(groundOf(this.#sheet(), this.#offer.central_meridian, isSeries ? bbox : null));
    const background = this.#map.background();
    this.#left.hidden = left.length === 0;
    this.#left.textContent = left.length === 0 ? "" : this.#words.tooMany(left.join(", "));
    return {
      paper: paper.name,
      orientation: paper.orientation,
      center: [lon, lat],
      scale,
      rotation,
      layers: this.#map.layers(),
      title: this.#field("title").value,
      note: this.#field("note").value,
      format: this.#field("format").value,
      grid,
      legend,
      language: this.#map.language,
      view: this.#map.view(),
      ...(isSeries ? { series: { bbox } } : {}),
      ...(background === null ? {} : { background }),
      ...(pictures.length === 0 ? {} : { pictures }),
      ...(drawings === null ? {} : { drawings }),
    };
  }

  async #print(): Promise<void> {
    const button = this.#form.querySelector("button");
    button?.setAttribute("disabled", "");
    try {
      const first = await this.#jobs.order(this.#wishes());
      this.#waiting = new AbortController();
      await this.#jobs.follow(first, (state) => this.#tell(state), this.#waiting.signal);
    } catch (error) {
      if (!this.#waiting.signal.aborted) this.#complain(error instanceof PrintRefused ? error.message : this.#words.away);
    } finally {
      button?.removeAttribute("disabled");
    }
  }

  #tell(state: PrintState): void {
    if (state.state === "failed") return this.#complain(state.note);
    if (state.state === "done") {
      const link = element("a", { class: "button", href: state.file ?? "", target: "_blank" }, this.#words.open);
      const missing = state.note === "" ? [] : [element("p", { class: "map-problem", role: "note" }, state.note)];
      this.#result.replaceChildren(element("p", {}, this.#words.done), ...missing, link);
      link.focus();
      return;
    }
    const sentence = state.state === "waiting" ? this.#words.waiting(state.ahead) : this.#words.working;
    const stop = element("button", { type: "button" }, this.#words.stop);
    stop.addEventListener("click", () => void this.#giveUp(state));
    this.#result.replaceChildren(
      element("p", {}, sentence),
      element("progress", { max: Math.max(1, state.total), value: state.done, "aria-label": sentence }),
      stop,
    );
  }

  async #giveUp(state: PrintState): Promise<void> {
    this.#waiting.abort();
    await this.#jobs.giveUp(state);
    this.#result.replaceChildren();
  }

  #complain(sentence: string): void {
    this.#result.replaceChildren(element("p", { role: "alert", class: "map-problem" }, sentence));
  }
}

function labelled(words: string, field: HTMLElement): HTMLLabelElement {
  return element("label", {}, element("span", {}, words), field);
}

function ticked(words: string, name: string): HTMLLabelElement {
  return element("label", { class: "print-tick" }, element("input", { type: "checkbox", name, checked: true }), element("span", {}, words));
}

function number(name: string, limits: Record<string, string | number>): HTMLInputElement {
  return element("input", { name, type: "number", required: true, ...limits });
}

function choice(name: string, words: Readonly<Record<string, string>>): HTMLSelectElement {
  return element("select", { name }, ...Object.entries(words).map(([value, said]) => element("option", { value }, said)));
}
