import { Unanswered } from "../../api";
import type { Shared } from "./draft";
import type { Drawing } from "./groups";
import { Overtaken } from "./sharing";

export type Standing = "sent" | "sending" | "away" | "overtaken" | "refused";

/** What a sender works with. */
export interface SenderHost {
  /** Fails with Overtaken or Unanswered. */
  change(shared: Shared, drawing: Drawing): Promise<number>;
  onSent(version: number): void;
  onStanding(standing: Standing, sentence: string | null): void;
}

interface Change {
  readonly shared: Shared;
  readonly drawing: Drawing;
}

const PAUSE_MS = 800;
const AGAIN_MS = 5_000;

/** Brings each change of a shared drawing to the service, one at a time; until it is there, the browser keeps it. */
export class Sender {
  readonly #host: SenderHost;
  #waiting: Change | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isBusy = false;

  constructor(host: SenderHost) {
    this.#host = host;
  }

  /** Soon; of several changes in a row the last. */
  send(shared: Shared, drawing: Drawing, pause = PAUSE_MS): void {
    this.#waiting = { shared, drawing };
    this.#host.onStanding("sending", null);
    this.#wake(pause);
  }

  end(): void {
    clearTimeout(this.#timer);
    if (!this.#isBusy) void this.#work();
  }

  #wake(pause: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#work(), pause);
  }

  async #work(): Promise<void> {
    const now = this.#waiting;
    if (now === null || this.#isBusy) return;
    this.#isBusy = true;
    this.#waiting = null;
    try {
      const version = await this.#host.change(now.shared, now.drawing);
      this.#host.onSent(version);
      const next = this.#waiting as Change | null;
      if (next === null) this.#host.onStanding("sent", null);
      else this.#goOn({ ...next, shared: { ...next.shared, version } });
    } catch (error) {
      this.#failed(error, this.#waiting ?? now);
    } finally {
      this.#isBusy = false;
    }
  }

  #failed(error: unknown, left: Change): void {
    if (error instanceof Overtaken) return this.#host.onStanding("overtaken", null);
    if (error instanceof Unanswered && error.isFinal) return this.#host.onStanding("refused", error.sentence);
    this.#host.onStanding("away", null);
    this.#waiting = left;
    this.#wake(AGAIN_MS);
  }

  #goOn(next: Change): void {
    this.#waiting = next;
    this.#wake(PAUSE_MS);
  }
}
