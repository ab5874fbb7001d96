import { isDay } from "../../address";
import type { Desk } from "../../desk";
import { dayWriter } from "../../days";
import { element } from "../../element";
import { isPublish, type Moment } from "../../moment";
import { shownMoment } from "../../values";
import { momentAt, placeOf, type Publish } from "./publishes";
import { compareWords } from "./words";

/** Which state of the pool one of the two maps shows: by a slider over the publishes, or by a day. */
export class MomentField {
  readonly root: HTMLFieldSetElement;
  readonly #desk: Desk;
  readonly #slider = element("input", { type: "range", min: 0, step: 1 });
  readonly #day = element("input", { type: "date" });
  readonly #says = element("p", { class: "map-legend-note" });
  readonly #onChange: () => void;
  #publishes: readonly Publish[] = [];
  #moment: Moment;

  constructor(desk: Desk, title: string, moment: Moment, onChange: () => void) {
    const words = compareWords(desk);
    this.#desk = desk;
    this.#moment = moment;
    this.#onChange = onChange;
    this.#slider.setAttribute("aria-label", `${title}: ${words.publishes}`);
    this.#day.setAttribute("aria-label", `${title}: ${words.day}`);
    this.#slider.addEventListener("input", () => this.#take(momentAt(this.#slider.valueAsNumber, this.#publishes)));
    this.#day.addEventListener("change", () => this.#take(isDay(this.#day.value) ? this.#day.value : null));
    this.root = element("fieldset", { class: "map-moment-field" }, element("legend", {}, title), this.#slider, this.#day, this.#says);
    this.#update();
  }

  get moment(): Moment {
    return this.#moment;
  }

  /** As it is written on the map. */
  get text(): string {
    const { language, words } = this.#desk;
    if (this.#moment === null) return compareWords(this.#desk).now;
    const publish = this.#publish;
    if (!isPublish(this.#moment) || publish === undefined) return shownMoment(this.#moment, language, words);
    const when = dayWriter(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(publish.published_at));
    return `${words.publish(publish.epoch)} · ${when}`;
  }

  /** The list may come after the field has been opened. */
  offer(publishes: readonly Publish[]): void {
    this.#publishes = publishes;
    this.#update();
  }

  set(moment: Moment): void {
    this.#moment = moment;
    this.#update();
  }

  #take(moment: Moment): void {
    this.set(moment);
    this.#onChange();
  }

  get #publish(): Publish | undefined {
    return this.#publishes[placeOf(this.#moment, this.#publishes)];
  }

  #update(): void {
    const last = Math.max(0, this.#publishes.length - 1);
    this.#slider.max = String(last);
    this.#slider.value = String(placeOf(this.#moment, this.#publishes));
    this.#slider.disabled = last === 0;
    this.#slider.setAttribute("aria-valuetext", this.text);
    if (document.activeElement !== this.#day) this.#day.value = this.#moment === null || isPublish(this.#moment) ? "" : this.#moment;
    this.#says.textContent = [this.text, ...this.#touched()].join(" · ");
  }

  /** What that publish did, where one was chosen. */
  #touched(): string[] {
    const publish = this.#publish;
    if (publish === undefined || (this.#moment !== null && !isPublish(this.#moment))) return [];
    return publish.layers.flatMap(({ layer, added, modified, removed }) => {
      const title = this.#desk.layers.layer(layer)?.title;
      return title === undefined ? [] : [`${title} +${added} ~${modified} −${removed}`];
    });
  }
}
