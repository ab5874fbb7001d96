import { chip, choice } from "../../chips";
import type { Desk, Tool } from "../../desk";
import { element } from "../../element";
import { type Drawn, Pen, type Stroke } from "../../pen";
import { saveAs } from "../../save_as";
import { bufferForm } from "./buffer_form";
import { type Draft, draftOf, inHandOf, keepDraft, keepInHand, movedTo } from "./draft";
import { EditRequest } from "./edit_request";
import { type Drawing as Shapes, drawnOver, groupOf, inGroup, MOST_GROUPS, NO_GROUP, seenOf, tidied } from "./groups";
import { GroupsPanel } from "./groups_panel";
import { MOST_BYTES, MOST_SHAPES, shapesIn } from "./opened";
import { SharingPanel } from "./sharing_panel";
import { drawWords } from "./words";
import "./groups.css";

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
  #code: string | null;
  readonly #pen: Pen;
  readonly #says = element("p", { class: "map-legend-note", role: "status" });
  readonly #label: HTMLInputElement;
  readonly #groups: GroupsPanel;
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
    this.#pen = new Pen(desk, () => this.#takeOver(), () => this.#keepInHand());
    this.#draft = { ...this.#draft, ...this.#underPen(this.#draft) };
    this.#groups = new GroupsPanel(desk, { drawing: () => this.#draft, commit: (next) => this.#commit(next) });
    this.#pen.onChoose = (id) => this.#groups.choose(id);
    this.#pen.onDelete = () => this.#takeOver();
    this.#sharing = new SharingPanel(desk, {
      draft: () => this.#draft,
      code: () => this.#code,
      remember: (shared) => {
        if (shared !== null) this.#code = movedTo(shared.view, this.#code);
        this.#keep({ ...this.#draft, shared });
      },
      take: ({ view, version, ...kept }, edit) => this.#take({ ...tidied(kept), shared: { view, edit, version, isSent: true } }),
    });
    const inHand = inHandOf(this.#code);
    this.#label = element("input", { type: "text", maxlength: 200 });
    this.#label.addEventListener("change", () => this.#nameLast());
    const file = element("input", { type: "file", accept: ".geojson,.json,.kml,.gpx" });
    file.addEventListener("change", () => void this.#openAll(file.files));
    body.replaceChildren(
      choice(words.what, STROKES.map((stroke) => [stroke, words[stroke as "point"]] as const), (stroke) => this.#pen.take(stroke), inHand?.stroke ?? null),
      element("label", { class: "map-draw-field" }, words.label, this.#label),
      bufferForm(desk, () => this.#last?.geometry ?? null, (areas) => this.#commit(this.#with(areas.map((area) => inGroup(area, this.#groups.into)))), (sentence) => void (this.#says.textContent = sentence)),
      element("label", { class: "map-draw-field" }, words.open, file),
      element("div", { class: "map-chips" }, chip(words.download, () => this.#download()), chip(words.clear, () => this.#commit({ features: [], groups: [] }))),
      this.#says,
      this.#groups.root,
      this.#sharing.root,
      ...(desk.config.request === null ? [] : [new EditRequest(desk, desk.config.request, () => seenOf(this.#draft)).root]),
    );
    this.#tell();
    if (inHand !== null) this.#pen.goOn(inHand);
    body.addEventListener("dragover", prevent);
    body.addEventListener("drop", this.#onDrop);
  }

  /** The drawing stays in sight while another tool is open. */
  end(): void {
    this.#isOpen = false;
    this.#groups.end();
    this.#sharing.end();
    this.#pen.end();
    this.#mark();
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

  #commit(next: Shapes): void {
    this.#remember(this.#underPen(next));
  }

  /** What the pen has drawn or changed. */
  #takeOver(): void {
    this.#remember(drawnOver(this.#draft, this.#pen.features, this.#groups.into));
  }

  #remember({ features, groups }: Shapes): void {
    const before = this.#draft;
    this.#set({ features, groups });
    this.#desk.journal.add({ undo: () => this.#replay(before), redo: () => this.#replay({ features, groups }) });
  }

  /** Also once the tool is closed: what is kept is the drawing. */
  #replay({ features, groups }: Shapes): void {
    this.#set(this.#isOpen ? this.#underPen({ features, groups }) : { features, groups });
    if (!this.#isOpen) this.#mark();
  }

  #set(next: Shapes): void {
    this.#keep({ ...structuredClone(next), shared: this.#draft.shared });
    this.#sharing.changed();
  }

  /** The pen has what is in sight; each shape of it under the name by which the pen knows it. */
  #underPen({ features, groups }: Shapes): Shapes {
    const seen = seenOf({ features, groups });
    const known = this.#pen.exchange(seen);
    const names = new Map(seen.map((shape, place) => [shape, known[place]]));
    return { features: features.map((shape) => names.get(shape) ?? shape), groups };
  }

  /** Others' version in place of one's own. Who takes that back goes on from the version before, so that the service asks whose stays. */
  #take(theirs: Draft): void {
    const before = this.#draft;
    const put = (draft: Draft): void => this.#keep({ ...(this.#isOpen ? this.#underPen(draft) : draft), shared: draft.shared });
    put(theirs);
    this.#desk.journal.add({
      undo: () => {
        put(before);
        this.#sharing.changed();
        if (!this.#isOpen) this.#mark();
      },
      redo: () => put(theirs),
    });
  }

  #mark(): void {
    this.#desk.view.mark(seenOf(this.#draft).map(({ geometry }) => geometry));
  }

  get #last(): Drawn | undefined {
    return seenOf(this.#draft).at(-1);
  }

  #with(more: readonly Drawn[]): Shapes {
    return { features: [...this.#draft.features, ...more], groups: this.#draft.groups };
  }

  #keep(draft: Draft): void {
    this.#draft = draft;
    if (keepDraft(this.#code, draft)) this.#tell();
    else this.#says.textContent = drawWords(this.#desk).notKept;
    this.#groups.update();
  }

  #nameLast(): void {
    const last = this.#last;
    if (last === undefined) return;
    const named = { ...last, properties: { ...last.properties, label: this.#label.value } };
    const { features, groups } = this.#draft;
    this.#commit({ features: features.map((shape) => (shape === last ? named : shape)), groups });
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
        else this.#addAll(shapes);
      } catch {
        this.#says.textContent = words.unreadable(file.name);
      }
    }
  }

  /** With the groups that they name, as far as there may be so many. */
  #addAll(shapes: readonly Drawn[]): void {
    const all = this.#with(shapes);
    const next = tidied(all);
    this.#commit(next);
    if (next.features.some((shape, place) => groupOf(shape) !== groupOf(all.features[place]!))) this.#says.textContent = drawWords(this.#desk).tooManyGroups(MOST_GROUPS);
  }

  #download(): void {
    const features = this.#draft.features.map((shape) => {
      const group = groupOf(shape);
      return { type: "Feature", geometry: shape.geometry, properties: { label: shape.properties["label"] ?? "", ...(group === NO_GROUP ? {} : { group }) } };
    });
    saveAs("drawing.geojson", JSON.stringify({ type: "FeatureCollection", features }), "application/geo+json");
  }

  #tell(): void {
    const words = drawWords(this.#desk);
    const { features } = this.#draft;
    this.#says.textContent = features.length === 0 ? words.begin : words.count(features.length);
    this.#label.value = String(this.#last?.properties["label"] ?? "");
  }
}

function prevent(event: Event): void {
  event.preventDefault();
}
