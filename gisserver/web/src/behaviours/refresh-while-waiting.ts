/** How long to wait between two looks, in milliseconds. */
export const PAUSE = 2000;

/** Told of an element whose content is new, so that what the content wants to do can be attached to it. */
export const RENEWED = "renewed";

/** A part of the page is asked for again as long as something inside it says data-waiting. */
export function attach(element: HTMLElement): void {
  const address = element.dataset.address;
  if (!address || !isWaiting(element)) return;
  window.setTimeout(() => void refresh(element, address), PAUSE);
}

async function refresh(element: HTMLElement, address: string): Promise<void> {
  if (!element.isConnected) return;
  const isWatched = document.visibilityState === "visible";
  const fresh = isWatched ? await fetched(address) : null;
  if (fresh && !element.contains(document.activeElement)) {
    element.replaceChildren(...fresh);
    element.dispatchEvent(new CustomEvent(RENEWED, { bubbles: true }));
  }
  attach(element);
}

/** The new content, or nothing when the line is down: the next look may succeed. */
async function fetched(address: string): Promise<ChildNode[] | null> {
  try {
    const reply = await fetch(address, { headers: { Accept: "text/html" } });
    if (!reply.ok) return null;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    return [...page.body.childNodes];
  } catch {
    return null;
  }
}

function isWaiting(element: HTMLElement): boolean {
  return element.querySelector("[data-waiting]") !== null;
}
