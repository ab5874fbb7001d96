import { isDay, type LayerState } from "../../address";
import { choice } from "../../chips";
import type { Desk, Wish } from "../../desk";
import { element } from "../../element";
import { isPublish, type Moment } from "../../moment";
import type { View } from "../../view";
import { PRESETS } from "../layers/presets";
import { ChangeList } from "./change_list";
import { ChangeMarks } from "./change_marks";
import type { Change } from "./changes";
import { MomentField } from "./moment_field";
import { newestPublishes, placeOf, type Publish } from "./publishes";
import { type Manner, SecondMap } from "./second_map";
import "./compare.css";
import { compareWords } from "./words";

/** Two moments, or two choices of layers, on two maps that move together; and what changed in between. */
export class Comparison {
  readonly #desk: Desk;
  readonly #second: SecondMap;
  readonly #before: MomentField;
  readonly #after: MomentField;
  readonly #layers: HTMLSelectElement;
  readonly #list: ChangeList;
  readonly #problem = element("p", { class: "map-problem", role: "alert" });
  readonly #giveBackClicks: () => void;
  readonly #stops: readonly (() => void)[];
  readonly #onMoved = (): void => this.#list.moved();
  #publishes: readonly Publish[] = [];
  #marks: readonly ChangeMarks[] = [];

  constructor(desk: Desk, body: HTMLElement, { about = "" }: Wish) {
    const words = compareWords(desk);
    this.#desk = desk;
    this.#second = new SecondMap(desk, words, (view, point) => this.#ask(view, point));
    const [before = null, after = null] = about.split("..").map(momentIn);
    this.#before = new MomentField(desk, words.before, before, () => this.#take());
    this.#after = new MomentField(desk, words.after, after, () => this.#take());
    const presets = PRESETS.map(({ title }, place) => element("option", { value: place }, desk.said(title)));
    this.#layers = element("select", {}, element("option", { value: "" }, words.same), ...presets);
    this.#layers.addEventListener("change", () => this.#draw());
    this.#list = new ChangeList(desk, { onRead: (changes, chosen) => this.#mark(changes, chosen), onChoose: (change) => this.#choose(change) });
    const manner = this.#manners();
    const others = element("label", { class: "map-draw-field" }, words.layers, this.#layers);
    body.replaceChildren(manner, this.#problem, this.#second.border, this.#before.root, this.#after.root, this.#list.root, others);
    manner.querySelector("button")?.click();
    this.#giveBackClicks = desk.whileClicksAreMine();
    this.#stops = [desk.layers.onChange(() => this.#draw()), desk.onPublish((epoch) => void this.#follow(epoch))];
    desk.view.canvas.on("moveend", this.#onMoved);
    void this.#begin();
  }

  end(): void {
    for (const stop of this.#stops) stop();
    this.#giveBackClicks();
    this.#list.end();
    this.#desk.view.canvas.off("moveend", this.#onMoved);
    for (const mark of this.#marks) mark.end();
    this.#second.end();
    this.#desk.draw(this.#desk.layers.states);
  }

  #manners(): HTMLElement {
    const words = compareWords(this.#desk);
    const titles = [["swipe", words.swipe], ["beside", words.beside], ["one", words.one]] as const;
    return choice<Manner>(words.how, titles, (manner) => {
      this.#second.lay(manner);
      this.#before.root.hidden = manner === "one";
    });
  }

  /** One begins with what the newest publish did. */
  async #begin(): Promise<void> {
    const { config, language } = this.#desk;
    try {
      const [publishes] = await Promise.all([newestPublishes(config.events, language), this.#second.isReady]);
      if (this.#second.isOver) return;
      this.#marks = [new ChangeMarks(this.#second.view.canvas, "before"), new ChangeMarks(this.#desk.view.canvas, "after")];
      this.#offer(publishes);
      const newest = publishes.at(-1);
      if (newest !== undefined) this.#second.view.refresh(newest.epoch); // the style may be older
      const previous = publishes.at(-2);
      if (previous !== undefined && this.#before.moment === null) this.#before.set(String(previous.epoch));
      this.#take();
    } catch (error) {
      console.warn(error);
      this.#problem.textContent = compareWords(this.#desk).failed;
    }
  }

  /** The page itself refreshes the first map. */
  async #follow(epoch: number): Promise<void> {
    this.#second.view.refresh(epoch);
    try {
      const publishes = await newestPublishes(this.#desk.config.events, this.#desk.language);
      if (this.#second.isOver) return;
      this.#offer(publishes);
      this.#take();
    } catch (error) {
      console.warn(error);
    }
  }

  #offer(publishes: readonly Publish[]): void {
    this.#publishes = publishes;
    for (const field of [this.#before, this.#after]) field.offer(publishes);
  }

  #take(): void {
    this.#draw();
    if (this.#marks.length === 0) return;
    const [before, after] = [this.#before.moment, this.#after.moment];
    this.#desk.note(before === null && after === null ? null : `${before ?? ""}..${after ?? ""}`);
    const isBackwards = placeOf(before, this.#publishes) > placeOf(after, this.#publishes);
    this.#list.between(isBackwards ? null : before, after);
  }

  #draw(): void {
    if (this.#second.isOver || this.#marks.length === 0) return;
    const { layers } = this.#desk;
    const preset = PRESETS[Number(this.#layers.value || "-1")];
    const chosen = preset === undefined ? layers.states : layers.completed(preset.states(layers));
    this.#second.view.draw(asOf(chosen, this.#before.moment));
    this.#desk.draw(asOf(layers.states, this.#after.moment));
    this.#second.say(this.#before.text, this.#after.text);
  }

  #mark(changes: readonly Change[], chosen: string | null): void {
    for (const mark of this.#marks) {
      mark.draw(changes);
      mark.choose(chosen);
    }
  }

  #choose(change: Change | null): void {
    for (const mark of this.#marks) mark.choose(change?.id ?? null);
    if (change !== null && !this.#desk.view.shows(change.geometry)) this.#desk.view.goToShape(change.geometry);
  }

  /** A change that lies there is chosen; elsewhere the card tells what that map shows. */
  #ask(view: View, point: { readonly x: number; readonly y: number }): void {
    const mark = this.#marks[view === this.#second.view ? 0 : 1];
    const uid = mark?.at(point) ?? null;
    if (uid !== null) return this.#list.choose(uid);
    const { lng, lat } = view.canvas.unproject([point.x, point.y]);
    void this.#desk.lookAt(view, lng, lat);
  }
}

function momentIn(text: string): Moment {
  return isPublish(text) || isDay(text) ? text : null;
}

function asOf(states: readonly LayerState[], moment: Moment): LayerState[] {
  return states.map((state) => (moment === null ? state : { ...state, at: moment }));
}
