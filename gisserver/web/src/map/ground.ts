import type { MapPlace } from "./address";

const TILE_PX = 512;
const DEGREES = 180 / Math.PI;

/** The ground that so many pixels of a map show around a place, in the projection of web maps. */
export class Ground {
  readonly place: MapPlace;
  readonly width: number;
  readonly height: number;

  constructor(place: MapPlace, width: number, height: number) {
    this.place = place;
    this.width = width;
    this.height = height;
  }

  /** Around a box in degrees: all of it, as near as it fits. */
  static of([west, south, east, north]: readonly [number, number, number, number], width: number, height: number): Ground {
    const wide = (east - west) / 360;
    const high = (northing(north) - northing(south)) / (2 * Math.PI);
    const zoom = Math.log2(Math.min(width / wide, height / high) / TILE_PX);
    return new Ground({ zoom, lat: latitude((northing(north) + northing(south)) / 2), lon: (west + east) / 2 }, width, height);
  }

  /** West, south, east, north in degrees. */
  get box(): [number, number, number, number] {
    const [west, south] = this.degrees(0, this.height);
    const [east, north] = this.degrees(this.width, 0);
    return [west, south, east, north];
  }

  /** Longitude and latitude of a pixel, counted from the upper left. */
  degrees(x: number, y: number): [lon: number, lat: number] {
    const { zoom, lat, lon } = this.place;
    const pixels = TILE_PX * 2 ** zoom;
    const up = (this.height / 2 - y) * ((2 * Math.PI) / pixels);
    return [lon + ((x - this.width / 2) * 360) / pixels, latitude(northing(lat) + up)];
  }

  /** Moved by parts of what it shows, and nearer by so many zooms. */
  moved(right: number, up: number, nearer = 0): Ground {
    const [lon, lat] = this.degrees(this.width * (0.5 + right), this.height * (0.5 - up));
    return new Ground({ zoom: this.place.zoom + nearer, lat, lon }, this.width, this.height);
  }
}

/** In radians of the sphere that web maps take the earth for. */
export function northing(lat: number): number {
  return Math.asinh(Math.tan(lat / DEGREES));
}

function latitude(northing: number): number {
  return Math.atan(Math.sinh(northing)) * DEGREES;
}
