import { beforeEach, expect, test, vi } from "vitest";
import { attach } from "./upload-progress";

class LineStandIn {
  static last: LineStandIn;
  status = 0;
  responseURL = "";
  responseText = "";
  upload = new EventTarget();
  aborted = false;
  private readonly target = new EventTarget();
  addEventListener = this.target.addEventListener.bind(this.target);
  constructor() {
    LineStandIn.last = this;
  }
  open(): void {}
  setRequestHeader(): void {}
  send(): void {}
  abort(): void {
    this.aborted = true;
    this.target.dispatchEvent(new Event("abort"));
  }
  answer(status: number, responseText: string): void {
    Object.assign(this, { status, responseText });
    this.target.dispatchEvent(new Event("load"));
  }
}

let form: HTMLFormElement;
const part = <T extends HTMLElement>(name: string) => form.querySelector<T>(`[data-part=${name}]`)!;

beforeEach(() => {
  vi.stubGlobal("XMLHttpRequest", LineStandIn);
  document.body.innerHTML = `
    <form action="/district/uploads" data-sending="{percent} % sent" data-arrived="Arrived" data-stopped="Stopped"
          data-broken="The line broke">
      <button data-part="send">Send</button>
      <div data-part="status" hidden>
        <progress hidden></progress><p data-part="words"></p><button type="button" data-part="stop" hidden>Stop</button>
      </div>
    </form>`;
  form = document.querySelector("form")!;
  attach(form);
  form.dispatchEvent(new Event("submit", { cancelable: true }));
});

test("the form says how much has been sent", () => {
  LineStandIn.last.upload.dispatchEvent(new ProgressEvent("progress", { lengthComputable: true, loaded: 3, total: 4 }));
  expect(part("words").textContent).toBe("75 % sent");
  expect(form.querySelector("progress")!.value).toBe(0.75);
});

test("a sent form cannot be sent twice", () => {
  expect(part<HTMLButtonElement>("send").disabled).toBe(true);
});

test("sending can be stopped and begun again", () => {
  part("stop").click();
  expect(LineStandIn.last.aborted).toBe(true);
  expect(part("words").textContent).toBe("Stopped");
  expect(part<HTMLButtonElement>("send").disabled).toBe(false);
});

test("a refusal is shown in the server's words", () => {
  LineStandIn.last.answer(413, JSON.stringify({ detail: "The file is larger than this service takes." }));
  expect(part("words").textContent).toBe("The file is larger than this service takes.");
});

test("an answer that is no problem document still ends the wait", () => {
  LineStandIn.last.answer(502, "<html>");
  expect(part("words").textContent).toBe("The line broke");
});
