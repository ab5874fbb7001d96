/** A print on its way, as the service tells it. */
export interface PrintState {
  readonly id: string;
  readonly state: "waiting" | "working" | "done" | "failed";
  readonly done: number;
  readonly total: number;
  readonly ahead: number;
  readonly note: string;
  readonly file: string | null;
}

export interface Paper {
  readonly name: string;
  readonly orientation: "portrait" | "landscape";
  readonly map_width_mm: number;
  readonly map_height_mm: number;
}

export interface Offer {
  readonly papers: readonly Paper[];
  readonly allowed: { readonly papers: readonly string[]; readonly sheets: number };
  readonly central_meridian: number;
}

const PAUSE_MS = 400;

/** The sentence of the service, which names what to do. */
export class PrintRefused extends Error {}

export class PrintJobs {
  readonly #address: string;
  readonly #headers: Record<string, string>;

  constructor(address: string, token: string, language: string) {
    this.#address = address;
    this.#headers = { "Accept-Language": language, ...(token === "" ? {} : { "X-CSRFToken": token }) };
  }

  async offer(): Promise<Offer> {
    return this.#ask<Offer>(this.#address, {});
  }

  async order(wishes: object): Promise<PrintState> {
    return this.#ask<PrintState>(this.#address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(wishes) });
  }

  /** Asks until it is done or failed; `onState` hears of each state. */
  async follow(first: PrintState, onState: (state: PrintState) => void, stopped: AbortSignal): Promise<void> {
    for (let now = first; !stopped.aborted; now = await this.#ask<PrintState>(`${this.#address}/${first.id}`, { signal: stopped })) {
      onState(now);
      if (now.state === "done" || now.state === "failed") return;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  async giveUp({ id }: PrintState): Promise<void> {
    await fetch(`${this.#address}/${id}`, { method: "DELETE", headers: this.#headers });
  }

  async #ask<Answer>(address: string, options: RequestInit): Promise<Answer> {
    const reply = await fetch(address, { ...options, headers: { ...this.#headers, ...options.headers } });
    const said = (await reply.json()) as Answer & { detail?: string };
    if (!reply.ok) throw new PrintRefused(said.detail ?? String(reply.status));
    return said;
  }
}
