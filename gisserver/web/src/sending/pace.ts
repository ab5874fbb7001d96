/** How far back the rate looks, in milliseconds: long enough to be calm, short enough to be true. */
const WINDOW = 10_000;

interface Mark {
  at: number;
  sent: number;
}

/** How fast a file goes, and how long the rest takes at that rate. */
export class Pace {
  private marks: Mark[] = [];

  /** So many bytes are sent by now; what was sent before the first mark does not count. */
  note(sent: number, at: number): void {
    const last = this.marks.at(-1);
    if (last && sent < last.sent) this.marks = [];
    this.marks.push({ at, sent });
    while (this.marks.length > 2 && this.marks[1]!.at <= at - WINDOW) this.marks.shift();
  }

  /** After a pause the rate begins anew. */
  rest(): void {
    this.marks = [];
  }

  /** Bytes per second; null while it cannot be told. */
  get rate(): number | null {
    const first = this.marks[0];
    const last = this.marks.at(-1);
    if (!first || !last || last.at - first.at < 500 || last.sent === first.sent) return null;
    return ((last.sent - first.sent) * 1000) / (last.at - first.at);
  }

  /** Seconds until all is sent; null while it cannot be told. */
  left(total: number): number | null {
    const { rate } = this;
    return rate === null ? null : (total - this.marks.at(-1)!.sent) / rate;
  }
}

/** "1.2 MB/s" in the reader's language. */
export function spelledRate(bytesPerSecond: number, language: string): string {
  const isSlow = bytesPerSecond < 1e6;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: isSlow ? "kilobyte-per-second" : "megabyte-per-second",
    maximumSignificantDigits: 2,
  }).format(bytesPerSecond / (isSlow ? 1e3 : 1e6));
}

/** "3 minutes" in the reader's language. */
export function spelledDuration(seconds: number, language: string): string {
  const [unit, size] = seconds < 90 ? ["second", 1] : seconds < 5400 ? ["minute", 60] : ["hour", 3600];
  const number = Math.max(1, Math.round(seconds / (size as number)));
  return new Intl.NumberFormat(language, { style: "unit", unit: unit as string, unitDisplay: "long" }).format(number);
}
