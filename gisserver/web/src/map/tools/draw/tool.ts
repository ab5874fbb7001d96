import { chip, choice } from "../../chips";
import type { Desk, Tool } from "../../desk";
import { element } from "../../element";
import { type Drawn, Pen, type Stroke } from "../../pen";
import { keep, kept } from "./kept";
import { MOST_BYTES, MOST_SHAPES, shapesIn } from "./opened";
import { drawWords } from "./words";

const STROKES: readonly Stroke[] = ["point", "linestring", "polygon", "freehand", "circle", "select"];

export const TOOL: Tool = {
  title: { tr: "Çiz", en: "Draw", fr: "Dessiner" },
  open(desk: Desk, body: HTMLElement): () => void {
    const drawing = new Drawing(desk, body);
    return () => drawing.end();
  },
};

/** A drawing of one's own: kept in the browser, taken back step by step, to be had as a file. */
class Drawing {
  readonly #desk: Desk;
  readonly #pen: Pen;
  readonly #says = element("p", { class: "map-legend-note", role: "status" });
  readonly #label: HTMLInputElement;
  #features: readonly Drawn[];
  #isOpen = true;

  constructor(desk: Desk, body: HTMLElement) {
    const words = drawWords(desk);
    this.#desk = desk;
    this.#features = kept();
    desk.view.mark([]);
    this.#pen = new Pen(desk, () => this.#remember(this.#pen.features));
    this.#pen.replace(this.#features);
    this.#label = element("input", { type: "text", maxlength: 200 });
    this.#label.addEventListener("change", () => this.#nameLast());
    const file = element("input", { type: "file", accept: ".geojson,.json,.kml,.gpx" });
    file.addEventListener("change", () => void this.#openAll(file.files));
    body.replaceChildren(
      choice(words.what, STROKES.map((stroke) => [stroke, words[stroke as "point"]] as const), (stroke) => this.#pen.take(stroke)),
      element("label", { class: "map-draw-field" }, words.label, this.#label),
      element("label", { class: "map-draw-field" }, words.open, file),
      element("div", { class: "map-chips" }, chip(words.download, () => this.#download()), chip(words.clear, () => this.#commit([]))),
      this.#says,
    );
    this.#tell();
    body.addEventListener("dragover", prevent);
    body.addEventListener("drop", this.#onDrop);
    desk.view.canvas.getContainer().addEventListener("dragover", prevent);
    desk.view.canvas.getContainer().addEventListener("drop", this.#onDrop);
  }

  /** The drawing stays in sight while another tool is open. */
  end(): void {
    const container = this.#desk.view.canvas.getContainer();
    container.removeEventListener("dragover", prevent);
    container.removeEventListener("drop", this.#onDrop);
    this.#isOpen = false;
    this.#pen.end();
    this.#desk.view.mark(this.#features.map(({ geometry }) => geometry));
  }

  readonly #onDrop = (event: DragEvent): void => {
    event.preventDefault();
    void this.#openAll(event.dataTransfer?.files ?? null);
  };

  #commit(features: readonly Drawn[]): void {
    this.#pen.replace(features);
    this.#remember(features);
  }

  /** What the pen shows already. */
  #remember(features: readonly Drawn[]): void {
    const before = this.#features;
    this.#set(features);
    this.#desk.journal.add({ undo: () => this.#replay(before), redo: () => this.#replay(features) });
  }

  /** Also once the tool is closed: what is kept is the drawing. */
  #replay(features: readonly Drawn[]): void {
    this.#set(features);
    if (this.#isOpen) this.#pen.replace(features);
    else this.#desk.view.mark(features.map(({ geometry }) => geometry));
  }

  #set(features: readonly Drawn[]): void {
    this.#features = structuredClone(features) as readonly Drawn[];
    try {
      keep(this.#features);
      this.#tell();
    } catch {
      this.#says.textContent = drawWords(this.#desk).notKept;
    }
  }

  #nameLast(): void {
    const last = this.#features.at(-1);
    if (last === undefined) return;
    this.#commit([...this.#features.slice(0, -1), { ...last, properties: { ...last.properties, label: this.#label.value } }]);
  }

  async #openAll(files: FileList | null): Promise<void> {
    const words = drawWords(this.#desk);
    for (const file of files ?? []) {
      if (file.size > MOST_BYTES) {
        this.#says.textContent = words.tooLarge(file.name);
        continue;
      }
      try {
        const shapes = shapesIn(file.name, await file.text());
        if (this.#features.length + shapes.length > MOST_SHAPES) this.#says.textContent = words.tooLarge(file.name);
        else this.#commit([...this.#features, ...shapes]);
      } catch {
        this.#says.textContent = words.unreadable(file.name);
      }
    }
  }

  #download(): void {
    const features = this.#features.map(({ geometry, properties }) => ({ type: "Feature", geometry, properties: { label: properties["label"] ?? "" } }));
    const file = new Blob([JSON.stringify({ type: "FeatureCollection", features })], { type: "application/geo+json" });
    const link = element("a", { href: URL.createObjectURL(file), download: "drawing.geojson" });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  #tell(): void {
    const words = drawWords(this.#desk);
    this.#says.textContent = this.#features.length === 0 ? words.begin : words.count(this.#features.length);
    this.#label.value = String(this.#features.at(-1)?.properties["label"] ?? "");
  }
}

function prevent(event: Event): void {
  event.preventDefault();
}
