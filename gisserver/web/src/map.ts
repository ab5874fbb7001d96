import "maplibre-gl/dist/maplibre-gl.css";
import "./map/map.css";
import { type MapConfig, readConfig } from "./map/config";
import { element, promised } from "./map/element";
import { afterFirstPicture } from "./map/first_picture";
import { MapPage } from "./map/page";
import type { PoolStyle } from "./map/pool_style";
import { drawsInSoftware } from "./map/slow_drawing";
import { canDraw } from "./map/view";
import { wordsIn } from "./map/words";

/** The page keeps its heading. */
function showInstead(shown: HTMLElement): void {
  promised("#main", HTMLElement).replaceChildren(promised("#main > h1", HTMLElement), shown);
}

/** Instead of the map: what is wrong, and where the same data can be read. */
function giveUp(config: MapConfig, sentence: string, linkText: string): void {
  const link = element("a", { href: config.list }, linkText);
  const message = element("div", { class: "map-absent", role: "alert" }, element("p", {}, sentence), element("p", {}, link));
  showInstead(message);
}

async function loadStyle(address: string): Promise<PoolStyle> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return (await response.json()) as PoolStyle;
}

async function begin(): Promise<void> {
  const config = readConfig();
  const words = wordsIn(document.documentElement.lang);
  try {
    const style = await loadStyle(config.style);
    if (canDraw()) {
      if (drawsInSoftware(document.createElement("canvas"))) await afterFirstPicture();
      new MapPage(config, style);
    } else {
      const { StillMap } = await import("./map/still");
      showInstead(new StillMap(config, style, words).element);
    }
  } catch (error) {
    console.error(error);
    giveUp(config, words.mapFailed, words.toList);
  }
}

void begin();
