import { chip, choice } from "../../chips";
import type { Desk, Tool } from "../../desk";
import { element } from "../../element";
import { type Drawn, Pen, type Stroke } from "../../pen";
import { saveAs } from "../../save_as";
import { bufferForm } from "./buffer_form";
import { type Draft, draftOf, inHandOf, keepDraft, keepInHand } from "./draft";
import { EditRequest } from "./edit_request";
import { MOST_BYTES, MOST_SHAPES, shapesIn } from "./opened";
import { SharingPanel } from "./sharing_panel";
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
  /** Under which the browser keeps it; null for one's own. */
  readonly #code: string | null;
  readonly #pen: Pen;
  readonly #says = element("p", { class: "map-legend-note", role: "status" });
  readonly #label: HTMLInputElement;
  readonly #sharing: SharingPanel;
  #draft: Draft;
  #isOpen = true;
  #cornersKept = 0;

  constructor(desk: Desk, body: HTMLElement) {
    const words = drawWords(desk);
    this.#desk = desk;
    this.#code = desk.drawing;
    this.#draft = draftOf(this.#code);
    desk.view.mark([]);
    this.#pen = new Pen(desk, () => this.#remember(this.#pen.features), () => this.#keepInHand());
    this.#pen.replace(this.#draft.features);
    this.#sharing = new SharingPanel(desk, {
      draft: () => this.#draft,
      remember: (shared) => this.#keep({ ...this.#draft, shared }),
      take: ({ view, version, features }, edit) => {
        this.#pen.replace(features);
        this.#keep({ features, shared: { view, edit, version, isSent: true } });
      },
    });
    const inHand = inHandOf(this.#code);
    this.#label = element("input", { type: "text", maxlength: 200 });
    this.#label.addEventListener("change", () => this.#nameLast());
    const file = element("input", { type: "file", accept: ".geojson,.json,.kml,.gpx" });
    file.addEventListener("change", () => void this.#openAll(file.files));
    body.replaceChildren(
      choice(words.what, STROKES.map((stroke) => [stroke, words[stroke as "point"]] as const), (stroke) => this.#pen.take(stroke), inHand?.stroke ?? null),
      element("label", { class: "map-draw-field" }, words.label, this.#label),
      bufferForm(desk, () => this.#draft.features.at(-1)?.geometry ?? null, (areas) => this.#commit([...this.#draft.features, ...areas]), (sentence) => void (this.#says.textContent = sentence)),
      element("label", { class: "map-draw-field" }, words.open, file),
      element("div", { class: "map-chips" }, chip(words.download, () => this.#download()), chip(words.clear, () => this.#commit([]))),
      this.#says,
      this.#sharing.root,
      ...(desk.config.request === null ? [] : [new EditRequest(desk, desk.config.request, () => this.#draft.features).root]),
    );
    this.#tell();
    if (inHand !== null) this.#pen.goOn(inHand);
    body.addEventListener("dragover", prevent);
    body.addEventListener("drop", this.#onDrop);
  }

  /** The drawing stays in sight while another tool is open. */
  end(): void {
    this.#isOpen = false;
    this.#sharing.end();
    this.#pen.end();
    this.#desk.view.mark(this.#draft.features.map(({ geometry }) => geometry));
  }

  /** Corner by corner: a page may be left at any moment. */
  #keepInHand(): void {
    if (!this.#isOpen) return;
    const unfinished = this.#pen.unfinished;
    const { length } = unfinished.corners;
    if (length !== this.#cornersKept) keepInHand(this.#code, unfinished);
    this.#cornersKept = length;
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
    const before = this.#draft.features;
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
    this.#keep({ ...this.#draft, features: structuredClone(features) as readonly Drawn[] });
    this.#sharing.changed();
  }

  #keep(draft: Draft): void {
    this.#draft = draft;
    if (keepDraft(this.#code, draft)) this.#tell();
    else this.#says.textContent = drawWords(this.#desk).notKept;
  }

  #nameLast(): void {
    const { features } = this.#draft;
    const last = features.at(-1);
    if (last === undefined) return;
    this.#commit([...features.slice(0, -1), { ...last, properties: { ...last.properties, label: this.#label.value } }]);
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
        if (this.#draft.features.length + shapes.length > MOST_SHAPES) this.#says.textContent = words.tooLarge(file.name);
        else this.#commit([...this.#draft.features, ...shapes]);
      } catch {
        this.#says.textContent = words.unreadable(file.name);
      }
    }
  }

  #download(): void {
    const features = this.#draft.features.map(({ geometry, properties }) => ({ type: "Feature", geometry, properties: { label: properties["label"] ?? "" } }));
    saveAs("drawing.geojson", JSON.stringify({ type: "FeatureCollection", features }), "application/geo+json");
  }

  #tell(): void {
    const words = drawWords(this.#desk);
    const { features } = this.#draft;
    this.#says.textContent = features.length === 0 ? words.begin : words.count(features.length);
    this.#label.value = String(features.at(-1)?.properties["label"] ?? "");
  }
}

function prevent(event: Event): void {
  event.preventDefault();
}
