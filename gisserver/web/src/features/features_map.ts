import type { Feature, FeatureCollection } from "geojson";
import type { LngLatBoundsLike } from "maplibre-gl";
import { boxOf } from "../findings/shapes";
import { asked, Backdrop } from "../map/backdrop";
import { FOUND, layersOfFeatures, SELECTED } from "./style";

const LEAST_SPAN_M = 60;

/** What the table says about its map; the names of its data attributes. */
export type FeaturesConfig = Readonly<Record<string, string | undefined>>;

type Chosen = (uid: string, isByKey: boolean) => void;

/** The features of a table over the pool's tiles. */
export class FeaturesMap {
  readonly #ground: Backdrop;
  readonly #features: ReadonlyMap<string, Feature>;

  /** Ready once the map can be drawn on. Fails where the browser cannot draw, or the service does not answer. */
  static async begin(container: HTMLElement, config: FeaturesConfig, chosen: Chosen): Promise<FeaturesMap> {
    const found = featuresOf(await asked<Feature | FeatureCollection>(config["shapes"] ?? ""));
    const region = (config["bounds"] ?? "").split(",").map(Number) as [number, number, number, number];
    const box = boxOf(together(found), LEAST_SPAN_M) ?? region;
    const map = new FeaturesMap(await Backdrop.begin(container, config["style"] ?? "", box as LngLatBoundsLike), found);
    map.#prepare(config, found, chosen);
    return map;
  }

  private constructor(ground: Backdrop, features: readonly Feature[]) {
    this.#ground = ground;
    this.#features = new Map(features.map((feature) => [String(feature.id), feature]));
  }

  #prepare(config: FeaturesConfig, found: readonly Feature[], chosen: Chosen): void {
    const { canvas } = this.#ground;
    this.#ground.addSources([FOUND, SELECTED]);
    this.#ground.show([config["layer"] ?? "", "roads", "districts"]);
    for (const layer of layersOfFeatures()) canvas.addLayer(layer);
    this.#ground.onPointed([`${FOUND}/fill`, `${FOUND}/line`, `${FOUND}/point`], ([hit], isByKey) => {
      const uid: unknown = hit?.properties["uid"];
      if (typeof uid === "string") chosen(uid, isByKey);
    });
    void this.#ground.draw(FOUND, { type: "FeatureCollection", features: found.map(named) });
    canvas.getContainer().dataset["ready"] = "yes";
  }

  /** Lift a feature out of the others, and go there if asked. */
  select(uid: string, isToGo: boolean): void {
    const feature = this.#features.get(uid);
    void this.#ground.draw(SELECTED, { type: "FeatureCollection", features: feature === undefined ? [] : [feature] });
    const box = feature === undefined ? null : boxOf(feature, LEAST_SPAN_M);
    if (isToGo && box !== null) this.#ground.canvas.fitBounds(box, { padding: 40, maxZoom: 19, animate: false });
    this.#ground.canvas.getContainer().dataset["selected"] = uid;
  }
}

function featuresOf(answer: Feature | FeatureCollection): Feature[] {
  const features = answer.type === "FeatureCollection" ? answer.features : [answer];
  return features.filter(({ geometry }) => geometry !== null);
}

function together(features: readonly Feature[]): Feature {
  const geometries = features.map(({ geometry }) => geometry);
  return { type: "Feature", properties: {}, geometry: { type: "GeometryCollection", geometries } };
}

/** The map keeps only numbers as ids, so that the name goes along as a property. */
function named(feature: Feature): Feature {
  return { ...feature, properties: { uid: String(feature.id) } };
}
