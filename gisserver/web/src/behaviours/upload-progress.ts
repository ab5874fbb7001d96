/**
 * Send the form by XMLHttpRequest, because only that tells how far an upload is and can be stopped.
 *
 * A refusal comes as a problem document: its sentence is shown and the form keeps what was chosen.
 */
export function attach(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const status = form.querySelector<HTMLElement>("[data-part=status]");
  const bar = form.querySelector<HTMLProgressElement>("progress");
  const words = form.querySelector<HTMLElement>("[data-part=words]");
  const stop = form.querySelector<HTMLButtonElement>("[data-part=stop]");
  const send = form.querySelector<HTMLButtonElement>("[data-part=send]");
  if (!status || !bar || !words || !stop || !send) return;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    const show = (text: string | undefined) => (words.textContent = text ?? "");
    const settle = (text: string | undefined) => {
      send.disabled = false;
      stop.hidden = true;
      bar.hidden = true;
      show(text);
    };

    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      if (!lengthComputable) return;
      bar.value = loaded / total;
      show(form.dataset.sending?.replace("{percent}", String(Math.floor((100 * loaded) / total))));
    });
    request.upload.addEventListener("load", () => show(form.dataset.arrived));
    request.addEventListener("load", () => {
      if (request.status < 400) window.location.assign(request.responseURL);
      else settle(refusal(request) ?? form.dataset.broken);
    });
    request.addEventListener("error", () => settle(form.dataset.broken));
    request.addEventListener("abort", () => settle(form.dataset.stopped));
    stop.onclick = () => request.abort();

    send.disabled = true;
    status.hidden = stop.hidden = bar.hidden = false;
    bar.value = 0;
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(new FormData(form));
  });
}

/** What the server says is wrong, if it says so. */
function refusal(request: XMLHttpRequest): string | undefined {
  try {
    return (JSON.parse(request.responseText) as { detail?: string }).detail;
  } catch {
    return undefined;
  }
}
