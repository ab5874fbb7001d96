import type { Position } from "geojson";
import type { Map as Canvas } from "maplibre-gl";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";

/** Far from whatever is drawn, so that a typed corner never counts as a click on one that stands already. */
const NOWHERE = { containerX: -1e6, containerY: -1e6 };

/** Takes corners from the pointer, or exactly where numbers say. */
export class ExactAdapter extends TerraDrawMapLibreGLAdapter<Canvas> {
  /** Where the next event happens whatever the pointer says; null for where the pointer is. */
  typed: Position | null = null;

  override getLngLatFromEvent(event: PointerEvent | MouseEvent): { lng: number; lat: number } {
    if (this.typed === null) return super.getLngLatFromEvent(event);
    const [lng = 0, lat = 0] = this.typed;
    return { lng, lat };
  }

  protected override getMapElementXYPosition(event: PointerEvent | MouseEvent): { containerX: number; containerY: number } {
    return this.typed === null ? super.getMapElementXYPosition(event) : NOWHERE;
  }
}
