import type { Desk } from "./desk";
import { followPublishes } from "./publishes";

/**
 * Tiles follow each publish without the page being loaded again; the status line says so. `drawnAnew` is told the
 * number of the publish, or null where only what could not be fetched meanwhile is asked for again.
 */
export function keepUpToDate(desk: Pick<Desk, "api" | "view" | "words" | "tell">, known: number, drawnAnew: (newest: number | null) => void): void {
  const { api, view, words } = desk;
  let epoch = known;
  desk.tell(words.publish(epoch));
  followPublishes(() => api.epoch(), known, {
    onPublish: (newest) => {
      epoch = newest;
      view.refresh(newest);
      drawnAnew(newest);
      desk.tell(words.refreshed(newest));
    },
    onLost: () => desk.tell(words.unreachable(epoch)),
    onBack: () => {
      view.refresh(epoch);
      drawnAnew(null);
      desk.tell(words.backAgain(epoch));
    },
  });
}
