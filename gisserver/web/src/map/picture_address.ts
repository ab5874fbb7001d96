import type { LayerState } from "./address";
import type { MapConfig } from "./config";
import type { Ground } from "./ground";

/** Where the service draws that ground; without a word about layers it shows those that the map shows at first. */
export function pictureAddress(config: MapConfig, { box, width, height }: Ground, layers: readonly LayerState[] | null): string {
  const asked = new URLSearchParams({ bbox: box.map((side) => side.toFixed(7)).join(), width: String(width), height: String(height) });
  const drawn = layers?.filter(isDrawn).map(({ id }) => id).filter((id) => config.layers.includes(id)) ?? [];
  if (drawn.length > 0) asked.set("collections", drawn.join());
  asked.set("lang", document.documentElement.lang);
  return `${config.still}?${asked}`;
}

/** A picture has one day: layers of another are left out rather than shown as of now. */
function isDrawn({ isShown, at }: LayerState): boolean {
  return isShown && at === null;
}
