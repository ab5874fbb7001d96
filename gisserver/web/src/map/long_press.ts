import type { Map as Canvas } from "maplibre-gl";

const HOLD_MS = 600;
/** Some systems tell of a long press themselves, a moment after we have noticed it. */
const SAME_PRESS_MS = 1000;

/** A finger that rests on the map, or the other button of the mouse. */
export function onLongPress(canvas: Canvas, held: (lon: number, lat: number) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = -Infinity;
  const tell = (lon: number, lat: number): void => {
    if (performance.now() - latest < SAME_PRESS_MS) return;
    latest = performance.now();
    held(lon, lat);
  };
  canvas.on("contextmenu", ({ lngLat, originalEvent }) => {
    originalEvent.preventDefault();
    tell(lngLat.lng, lngLat.lat);
  });
  canvas.on("touchstart", ({ lngLat, points }) => {
    clearTimeout(timer);
    if (points.length === 1) timer = setTimeout(() => tell(lngLat.lng, lngLat.lat), HOLD_MS);
  });
  for (const kind of ["touchmove", "touchend", "touchcancel", "movestart"] as const) canvas.on(kind, () => clearTimeout(timer));
}
