import { beforeEach, expect, test, vi } from "vitest";
import { attach } from "./resumable-upload";

const { line } = vi.hoisted(() => ({ line: { uploads: [] as UploadStandIn[], begun: [] as object[] } }));

interface Options {
  metadata: Record<string, string>;
  headers: Record<string, string>;
  fingerprint(): Promise<string>;
  onProgress(sent: number, total: number): void;
  onShouldRetry(trouble: Error): boolean;
  onSuccess(): void;
  onError(trouble: Error): void;
}

interface UploadStandIn {
  file: File;
  options: Options;
  calls: string[];
  url: string | null;
}

vi.mock("tus-js-client", () => {
  class DetailedError extends Error {
    originalResponse: unknown;
    constructor(status: number, body: string) {
      super(body);
      this.originalResponse = { getStatus: () => status, getBody: () => body };
    }
  }
  class Upload implements UploadStandIn {
    calls: string[] = [];
    url: string | null = null;
    constructor(
      public file: File,
      public options: Options,
    ) {
      line.uploads.push(this);
    }
    findPreviousUploads = async () => line.begun;
    resumeFromPreviousUpload = () => void this.calls.push("resume");
    start = () => void this.calls.push("start");
    abort = async (isFinal = false) => void this.calls.push(isFinal ? "terminate" : "abort");
  }
  return { Upload, DetailedError };
});

const PATIENCE = { timeout: 20_000 };

let form: HTMLFormElement;
const part = <T extends HTMLElement>(name: string) => form.querySelector<T>(`[data-part=${name}]`)!;
const upload = () => line.uploads.at(-1)!;

async function sent(...files: File[]): Promise<UploadStandIn> {
  Object.defineProperty(form.querySelector("input[type=file]"), "files", { value: files, configurable: true });
  const before = line.uploads.length;
  form.dispatchEvent(new Event("submit", { cancelable: true }));
  await vi.waitUntil(() => line.uploads.length > before && upload().calls.includes("start"), PATIENCE);
  return upload();
}

beforeEach(() => {
  line.uploads = [];
  line.begun = [];
  document.documentElement.lang = "en";
  document.body.innerHTML = `
    <form data-endpoint="/api/uploads" data-report="/upload/{id}" data-begun="{percent} %"
          data-sending="{percent} %, {rate}, {left} left" data-waiting="The line is down" data-paused="Paused"
          data-stopped="Stopped" data-broken="The line broke" data-packing="Being made ready" data-arrived="Arrived">
      <input type="hidden" name="csrf_token" value="token"><input name="layer" value="parcels">
      <input type="file" name="file" multiple><button data-part="send">Send</button>
      <div data-part="status" hidden>
        <progress hidden></progress><p data-part="words"></p>
        <button type="button" data-part="pause" hidden></button><button type="button" data-part="go-on" hidden></button>
        <button type="button" data-part="stop" hidden></button>
      </div>
    </form>`;
  form = document.querySelector("form")!;
  attach(form);
});

test("a file goes with what the form says about it, and with the page's token", async () => {
  const { file, options } = await sent(new File(["x"], "ada 12.gpkg"));
  expect(file.name).toBe("ada 12.gpkg");
  expect(options.metadata).toEqual({ layer: "parcels", filename: "ada 12.gpkg" });
  expect(options.headers["X-CSRFToken"]).toBe("token");
});

test("several files go as one archive", async () => {
  const { file, options } = await sent(new File(["x"], "ada.shp"), new File(["y"], "ada.dbf"));
  expect(file.name).toBe("ada.zip");
  expect(options.metadata.filename).toBe("ada.zip");
});

test("a form without a file is left to the server, who says what is missing", () => {
  Object.defineProperty(form.querySelector("input[type=file]"), "files", { value: [] });
  const event = new Event("submit", { cancelable: true });
  form.dispatchEvent(event);
  expect(event.defaultPrevented).toBe(false);
});

test("the form says how much is sent, how fast, and how long it takes", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const { options } = await sent(new File(["x"], "a.gpkg"));
  options.onProgress(0, 4_000_000);
  expect(part("words").textContent).toBe("0 %");
  vi.advanceTimersByTime(2000);
  options.onProgress(1_000_000, 4_000_000);
  expect(part("words").textContent).toBe("25 %, 500 kB/s, 6 seconds left");
  expect(form.querySelector("progress")!.value).toBe(0.25);
  vi.useRealTimers();
});

test("what was begun before goes on where it stopped", async () => {
  line.begun = [{}];
  const { calls } = await sent(new File(["x"], "a.gpkg"));
  expect(calls).toEqual(["resume", "start"]);
});

test("the same file is known again, another is not", async () => {
  const key = async (file: File) => (await sent(file)).options.fingerprint();
  const first = await key(new File(["x"], "a.gpkg", { lastModified: 1 }));
  expect(await key(new File(["x"], "a.gpkg", { lastModified: 1 }))).toBe(first);
  expect(await key(new File(["x"], "a.gpkg", { lastModified: 2 }))).not.toBe(first);
  form.querySelector<HTMLInputElement>("[name=layer]")!.value = "zones";
  expect(await key(new File(["x"], "a.gpkg", { lastModified: 1 }))).not.toBe(first);
});

test("a cut line is said and tried again", async () => {
  const { options } = await sent(new File(["x"], "a.gpkg"));
  expect(options.onShouldRetry(new Error("no answer"))).toBe(true);
  expect(part("words").textContent).toBe("The line is down");
});

test("sending pauses and goes on", async () => {
  const { calls } = await sent(new File(["x"], "a.gpkg"));
  part("pause").click();
  expect(part("words").textContent).toBe("Paused");
  expect(part("pause").hidden).toBe(true);
  part("go-on").click();
  expect(calls).toEqual(["start", "abort", "start"]);
  expect(part("go-on").hidden).toBe(true);
});

test("what is stopped is forgotten by the server as well, and another can be sent", async () => {
  const { calls } = await sent(new File(["x"], "a.gpkg"));
  expect(part<HTMLButtonElement>("send").disabled).toBe(true);
  part("stop").click();
  expect(calls.at(-1)).toBe("terminate");
  expect(part("words").textContent).toBe("Stopped");
  expect(part<HTMLButtonElement>("send").disabled).toBe(false);
});

test("a refusal is shown in the server's words and not tried again", async () => {
  const { options } = await sent(new File(["x"], "a.gpkg"));
  const { DetailedError } = (await import("tus-js-client")) as unknown as {
    DetailedError: new (status: number, body: string) => Error;
  };
  const refusal = new DetailedError(413, JSON.stringify({ detail: "The file is larger than 512 MB." }));
  expect(options.onShouldRetry(refusal)).toBe(false);
  options.onError(refusal);
  expect(part("words").textContent).toBe("The file is larger than 512 MB.");
  expect(part<HTMLButtonElement>("send").disabled).toBe(false);
});

test("a line that stays down leaves the choice to go on", async () => {
  const { options, calls } = await sent(new File(["x"], "a.gpkg"));
  options.onError(new Error("no answer"));
  expect(part("words").textContent).toBe("The line broke");
  part("go-on").click();
  expect(calls.at(-1)).toBe("start");
});

test("an arrived file leads to its report", async () => {
  form.dataset.report = "#/upload/{id}";
  const found = await sent(new File(["x"], "a.gpkg"));
  found.url = "https://example.org/api/uploads/12-ab";
  found.options.onSuccess();
  expect(window.location.hash).toBe("#/upload/12-ab");
});
