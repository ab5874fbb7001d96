import { type MapAddress, parseAddress } from "./address";
import type { MapConfig } from "./config";
import { Ground } from "./ground";
import { pictureAddress } from "./picture_address";
import { roomBeside } from "./room_beside";

/** A poor line must not keep the map itself away. */
const PATIENCE_MS = 4000;
const ENOUGH = ["pointerdown", "wheel", "keydown"] as const;

/**
 * What the map will show, as a picture of the service, until it has drawn itself: MapLibre comes in a megabyte, and
 * without a graphics card draws for seconds. Where the service is busy, it sends none.
 */
export async function showUntilDrawn(map: HTMLElement, config: MapConfig, hash: string): Promise<void> {
  const address = parseAddress(hash);
  const { clientWidth, clientHeight } = map;
  if (!isPlain(address, config.layers) || clientWidth === 0 || clientHeight === 0) return;
  const picture = new Image();
  picture.fetchPriority = "high"; // before the megabyte that draws the map
  picture.src = `${pictureAddress(config, groundOf(address, map, config.bounds), address.layers)}&unless_busy=true`;
  await picture.decode().catch(() => null);
  if (picture.naturalWidth === 0 || map.dataset["painted"] !== undefined || !map.isConnected) return;
  map.style.setProperty("--first-picture", `url("${picture.src}")`);
  map.dataset["pictured"] = "yes";
  const takeAway = (): void => {
    delete map.dataset["pictured"];
    map.style.removeProperty("--first-picture");
    watch.disconnect();
    for (const event of ENOUGH) map.removeEventListener(event, takeAway, true);
  };
  // What is drawn is seen a frame or two later.
  const watch = new MutationObserver(() => map.dataset["painted"] !== undefined && requestAnimationFrame(() => requestAnimationFrame(takeAway)));
  watch.observe(map, { attributeFilter: ["data-painted"] });
  for (const event of ENOUGH) map.addEventListener(event, takeAway, true);
}

let shown: Promise<void> = Promise.resolve();

/** Where it is drawn by the same processor, the map lets the picture go first. */
export async function afterFirstPicture(): Promise<void> {
  await Promise.race([shown, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

export function beginFirstPicture(map: HTMLElement, config: MapConfig, hash: string): void {
  shown = showUntilDrawn(map, config, hash);
}

/** True where the service's picture is what the map will be. */
function isPlain({ layers, background, isNight, added }: MapAddress, known: readonly string[]): boolean {
  const isUsual = layers?.every(({ id, isShown, opacity, at }) => !isShown || (known.includes(id) && opacity === 1 && at === null)) ?? true;
  return isUsual && background === null && !isNight && added.length === 0;
}

function groundOf({ place }: MapAddress, map: HTMLElement, bounds: MapConfig["bounds"]): Ground {
  const { clientWidth: width, clientHeight: height } = map;
  if (place !== null) return new Ground(place, width, height);
  const { top, right, bottom, left } = roomBeside(map);
  const free = Ground.of(bounds, width - left - right, height - top - bottom);
  return new Ground(free.place, width, height).moved((right - left) / 2 / width, (top - bottom) / 2 / height);
}
