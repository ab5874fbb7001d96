import { Unanswered } from "../../api";
import { chip } from "../../chips";
import type { Desk } from "../../desk";
import { element } from "../../element";
import type { Draft, Shared } from "./draft";
import type { Drawing } from "./groups";
import { Sender, type Standing } from "./sender";
import { severalForm } from "./several_form";
import { changeDrawing, endSharing, isSameDrawing, type Kept, linkTo, shareDrawing, sharedDrawing } from "./sharing";
import { drawWords } from "./words";

/** The drawing that is shared, as the tool holds it. */
export interface SharingHost {
  draft(): Draft;
  /** Under which the browser keeps it; null for one's own. */
  code(): string | null;
  /** Another state of the sharing; the drawing stays. */
  remember(shared: Shared | null): void;
  /** What the service has instead of what is drawn here. */
  take(kept: Kept, edit: string): void;
}

/** Two links to a drawing, one to look at it and one to draw on, and whether the service has all of it. */
export class SharingPanel {
  readonly root = element("div", { class: "map-sharing" });
  readonly #buttons = element("div", { class: "map-chips" });
  readonly #says = element("p", { class: "map-legend-note", role: "status" });
  readonly #desk: Desk;
  readonly #host: SharingHost;
  readonly #sender: Sender;

  constructor(desk: Desk, host: SharingHost) {
    this.#desk = desk;
    this.#host = host;
    this.#sender = new Sender({
      change: (shared, drawing) => changeDrawing(desk.config, shared.edit, shared.version, drawing, desk.language),
      onSent: (version) => this.#patch({ version, isSent: true }),
      onStanding: (standing, sentence) => this.#tell(standing, sentence),
    });
    this.root.append(this.#buttons, this.#says);
    this.#show();
    if (host.draft().shared !== null) void this.#catchUp();
  }

  end(): void {
    this.#sender.end();
  }

  /** Something was drawn; the browser has it already. */
  changed(): void {
    const { shared, ...drawing } = this.#host.draft();
    if (shared === null) return;
    this.#patch({ isSent: false });
    this.#sender.send(shared, drawing);
  }

  /** Since then, by whoever draws here. */
  #hasChanged({ features, groups }: Drawing): boolean {
    const now = this.#host.draft();
    return now.features !== features || now.groups !== groups;
  }

  #show(): void {
    const words = drawWords(this.#desk);
    const { shared } = this.#host.draft();
    if (shared === null) return this.#buttons.replaceChildren(chip(words.share, () => void this.#share()));
    this.#buttons.replaceChildren(
      chip(words.copyView, () => void this.#copy(linkTo(shared.view), words.viewCopied)),
      chip(words.copyEdit, () => void this.#copy(linkTo(shared.edit), words.editCopied)),
      chip(words.stopSharing, () => void this.#stop(shared)),
      severalForm(this.#desk, shared.view, (link, sentence) => this.#copy(link, sentence), (sentence) => void (this.#says.textContent = sentence)),
    );
  }

  async #share(): Promise<void> {
    const { config, language } = this.#desk;
    const drawing = this.#host.draft();
    await this.#trying(async () => {
      const codes = await shareDrawing(config, drawing, language);
      this.#host.remember({ ...codes, isSent: true });
      this.#desk.drawing = codes.view;
      this.#show();
      this.#tell("sent", null);
      if (this.#hasChanged(drawing)) this.changed();
      this.#buttons.querySelector("button")?.focus();
    });
  }

  async #stop({ edit }: Shared): Promise<void> {
    await this.#trying(async () => {
      await endSharing(this.#desk.config, edit, this.#desk.language);
      this.#forget();
    });
  }

  #forget(): void {
    this.#host.remember(null);
    this.#desk.drawing = this.#host.code();
    this.#says.textContent = "";
    this.#show();
  }

  /** Others may have drawn on it, and this browser may have drawn while the service was away. */
  async #catchUp(): Promise<void> {
    const { shared, ...drawing } = this.#host.draft();
    if (shared === null) return;
    try {
      const kept = await sharedDrawing(this.#desk.config, shared.edit, this.#desk.language);
      const isUntouched = !this.#hasChanged(drawing);
      if (isSameDrawing(kept, drawing)) this.#arrived(kept.version);
      else if (!shared.isSent && kept.version === shared.version) this.#sender.send(shared, drawing, 0);
      else if (!shared.isSent) this.#tell("overtaken", null);
      else if (kept.version !== shared.version && isUntouched) this.#host.take(kept, shared.edit);
      else this.#tell("sent", null);
    } catch (error) {
      this.#tell("away", error instanceof Unanswered && error.isFinal ? error.sentence : null);
    }
  }

  /** Also where the answer to what was sent came after the tool had been closed. */
  #arrived(version: number): void {
    this.#patch({ version, isSent: true });
    this.#tell("sent", null);
  }

  #tell(standing: Standing, sentence: string | null): void {
    const words = drawWords(this.#desk);
    this.#says.replaceChildren(sentence ?? words.standings[standing]);
    if (standing !== "overtaken") return;
    this.#says.append(element("span", { class: "map-chips" }, chip(words.takeTheirs, () => void this.#settle(false)), chip(words.keepMine, () => void this.#settle(true))));
  }

  /** Two have drawn from one version: one of the two stays. */
  async #settle(isMine: boolean): Promise<void> {
    await this.#trying(async () => {
      const { shared, ...drawing } = this.#host.draft();
      if (shared === null) return;
      const kept = await sharedDrawing(this.#desk.config, shared.edit, this.#desk.language);
      if (!isMine) return this.#host.take(kept, shared.edit);
      this.#patch({ version: kept.version });
      this.#sender.send({ ...shared, version: kept.version }, drawing, 0);
    });
  }

  async #copy(link: string, sentence: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      this.#says.textContent = sentence;
    } catch {
      this.#says.replaceChildren(element("a", { href: link }, link));
    }
  }

  async #trying(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#says.textContent = (error instanceof Unanswered ? error.sentence : null) ?? drawWords(this.#desk).standings.away;
    }
  }

  #patch(what: Partial<Shared>): void {
    const { shared } = this.#host.draft();
    if (shared !== null) this.#host.remember({ ...shared, ...what });
  }
}
