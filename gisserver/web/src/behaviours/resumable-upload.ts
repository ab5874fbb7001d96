import { Pace, spelledDuration, spelledRate } from "../sending/pace";
import type { Order, Sending } from "../sending/resumable";

/**
 * Send the form's files so that they go on after a cut where they stopped, also after the page was loaded again.
 *
 * What does the sending is loaded when the first file is sent. Without script the form is sent as forms are.
 */
export function attach(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const part = <T extends HTMLElement>(name: string) => form.querySelector<T>(`[data-part=${name}]`);
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const bar = form.querySelector<HTMLProgressElement>("progress");
  const [status, words, send] = [part("status"), part("words"), part<HTMLButtonElement>("send")];
  const [pause, goOn, stop] = [part("pause"), part("go-on"), part("stop")];
  if (!input || !bar || !status || !words || !send || !pause || !goOn || !stop) return;

  const language = document.documentElement.lang || "en";
  const pace = new Pace();
  let sending: Sending | undefined;

  const show = (text: string | undefined) => (words.textContent = text ?? "");
  const offer = (...offered: HTMLElement[]) => {
    for (const button of [pause, goOn, stop]) button.hidden = !offered.includes(button);
  };
  const settle = (text: string | undefined, ...offered: HTMLElement[]) => {
    send.disabled = input.disabled = offered.length > 0;
    bar.hidden = offered.length === 0;
    pace.rest();
    offer(...offered);
    show(text);
  };
  const progress = (sent: number, total: number) => {
    bar.value = total ? sent / total : 1;
    pace.note(sent, performance.now());
    const { rate } = pace;
    const left = pace.left(total);
    const percent = String(Math.floor((100 * sent) / Math.max(total, 1)));
    const known = rate === null || left === null ? form.dataset.begun : form.dataset.sending;
    show(
      known
        ?.replace("{percent}", percent)
        .replace("{rate}", rate === null ? "" : spelledRate(rate, language))
        .replace("{left}", left === null ? "" : spelledDuration(left, language)),
    );
  };

  form.addEventListener("submit", (event) => {
    const files = [...(input.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    send.disabled = true;
    status.hidden = bar.hidden = false;
    bar.value = 0;
    show(form.dataset.packing);
    // What is chosen now is what is sent, whatever is chosen afterwards.
    const { csrf_token: token = "", ...said } = textsOf(form);
    input.disabled = true;
    const order: Order = {
      endpoint: form.dataset.endpoint ?? "",
      token,
      metadata: said,
      key: JSON.stringify([said, files.map(({ name, size, lastModified }) => [name, size, lastModified])]),
    };
    begin(files, order).catch(() => settle(form.dataset.broken));
  });

  async function begin(files: File[], order: Order) {
    const [{ send: sendOn }, file] = await Promise.all([import("../sending/resumable"), oneOf(files)]);
    sending = await sendOn(file, order, {
      progress,
      waiting: () => {
        pace.rest();
        show(form.dataset.waiting);
      },
      arrived: (id) => {
        settle(form.dataset.arrived);
        window.location.assign((form.dataset.report ?? "").replace("{id}", id));
      },
      ended: (sentence) => (sentence ? settle(sentence) : settle(form.dataset.broken, goOn!, stop!)),
    });
    offer(pause!, stop!);
  }

  pause.addEventListener("click", () => {
    sending?.pause();
    settle(form.dataset.paused, goOn, stop);
    goOn.focus();
  });
  goOn.addEventListener("click", () => {
    offer(pause, stop);
    sending?.goOn();
    pause.focus();
  });
  stop.addEventListener("click", () => {
    void sending?.stop().catch(() => undefined); // what the server still has of it expires
    settle(form.dataset.stopped);
  });
}

/** Several files that belong together go as one. */
async function oneOf(files: File[]): Promise<File> {
  if (files.length === 1) return files[0]!;
  const { packed } = await import("../sending/pack");
  return packed(files);
}

function textsOf(form: HTMLFormElement): Record<string, string> {
  const texts = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts);
}
