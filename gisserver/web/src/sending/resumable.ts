import { DetailedError, Upload } from "tus-js-client";

/** What is said about a file, and where it goes. */
export interface Order {
  endpoint: string;
  token: string;
  metadata: Record<string, string>;
  /** The same for the same files, also after the page was loaded again. */
  key: string;
}

export interface Listener {
  progress(sent: number, total: number): void;
  /** The line is down; it is tried again by itself. */
  waiting(): void;
  arrived(id: string): void;
  /** It does not go on by itself; the server's sentence, where it said one. */
  ended(sentence: string | undefined): void;
}

export interface Sending {
  pause(): void;
  goOn(): void;
  /** Also the server forgets it. */
  stop(): Promise<void>;
}

/** Small enough that a session which the server prolongs by each answer does not end meanwhile. */
const PIECE = 32 << 20;
/** Quarter of an hour; each byte that comes through begins the row anew. */
const DELAYS = [0, 1000, 2000, 5000, 10_000, ...Array<number>(60).fill(15_000)];
const WORTH_ANOTHER_TRY = [408, 409, 423, 429];

/** Send a file by tus, from where it stopped if it was begun before. */
export async function send(file: File, order: Order, listener: Listener): Promise<Sending> {
  const upload = new Upload(file, {
    endpoint: order.endpoint,
    chunkSize: PIECE,
    retryDelays: DELAYS,
    removeFingerprintOnSuccess: true,
    fingerprint: async () => order.key,
    headers: { "X-CSRFToken": order.token, Accept: "application/json" },
    metadata: { ...order.metadata, filename: file.name },
    onProgress: (sent, total) => listener.progress(sent, total),
    onShouldRetry: (trouble) => {
      listener.waiting();
      const status = statusOf(trouble);
      return status < 400 || status >= 500 || WORTH_ANOTHER_TRY.includes(status);
    },
    onSuccess: () => listener.arrived(upload.url!.replace(/\/+$/, "").split("/").at(-1)!),
    onError: (trouble) => listener.ended(sentenceOf(trouble)),
  });
  const [begun] = (await upload.findPreviousUploads()).toReversed();
  if (begun) upload.resumeFromPreviousUpload(begun);
  upload.start();
  return {
    pause: () => void upload.abort(),
    goOn: () => upload.start(),
    stop: () => upload.abort(true),
  };
}

/** 0 where no answer came. */
function statusOf(trouble: Error | DetailedError): number {
  return trouble instanceof DetailedError ? (trouble.originalResponse?.getStatus() ?? 0) : 0;
}

function sentenceOf(trouble: Error | DetailedError): string | undefined {
  if (!(trouble instanceof DetailedError)) return undefined;
  try {
    return (JSON.parse(trouble.originalResponse?.getBody() ?? "") as { detail?: string }).detail;
  } catch {
    return undefined;
  }
}
