export interface Watcher {
  onPublish(epoch: number): void;
  onLost(): void;
  onBack(): void;
}

export const EVERY_MS = 15_000;

/** Ask for the newest publish from time to time, and at once when somebody comes back to the page. */
export function followPublishes(ask: () => Promise<number>, known: number, watcher: Watcher): () => void {
  let epoch = known;
  let isLost = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    try {
      const newest = await ask();
      if (isLost) watcher.onBack();
      isLost = false;
      if (newest > epoch) watcher.onPublish((epoch = newest));
    } catch {
      if (!isLost) watcher.onLost();
      isLost = true;
    }
    timer = setTimeout(look, EVERY_MS);
  }

  function onVisibility(): void {
    clearTimeout(timer);
    if (document.visibilityState === "visible") void look();
  }

  timer = setTimeout(look, EVERY_MS);
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisibility);
  };
}
