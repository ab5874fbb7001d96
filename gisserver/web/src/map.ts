import "./map/map.css";
import { Api, type Hit } from "./map/api";
import { Card } from "./map/card";
import { readConfig } from "./map/config";
import { element, promised } from "./map/element";
import { parseHash, renderHash } from "./map/hash";
import { LayerList } from "./map/layer_list";
import { attachPanel } from "./map/panel";
import { type PoolLayer, type PoolStyle, shownLayers } from "./map/pool_style";
import { followPublishes } from "./map/publishes";
import { Search } from "./map/search";
import { canDraw, View } from "./map/view";
import { wordsIn } from "./map/words";

const config = readConfig();
const language = document.documentElement.lang;
const words = wordsIn(language);
const page = promised("#main", HTMLElement);
const status = promised("#map-status", HTMLElement);

/** Instead of the map: what is wrong, and where the same data can be read. */
function giveUp(sentence: string): void {
  const link = element("a", { href: config.list }, words.toList);
  page.replaceChildren(element("div", { class: "map-absent", role: "alert" }, element("p", {}, sentence), element("p", {}, link)));
}

async function loadStyle(): Promise<PoolStyle> {
  const response = await fetch(config.style);
  if (!response.ok) throw new Error(`${response.status} ${config.style}`);
  return (await response.json()) as PoolStyle;
}

function start(style: PoolStyle): void {
  const layers = style.metadata["pool:layers"];
  const state = parseHash(location.hash);
  const shown = shownLayers(layers, state?.layers ?? null);
  const view = new View(promised("#map", HTMLElement), style, state, words);
  const api = new Api(config);
  const isWide = matchMedia("(min-width: 48rem)").matches;

  const panel = promised("#map-layers", HTMLElement);
  const heading = promised("#map-layers-heading", HTMLButtonElement);
  heading.textContent = words.layers;
  const openPanel = attachPanel(panel, heading, isWide);
  const list = new LayerList(promised("#map-layers-list", HTMLElement), layers, shown, words, (layer, isShown) => {
    view.show(layer, isShown);
    remember();
  });

  const card = new Card(promised("#map-card", HTMLElement), {
    language,
    words,
    api,
    answerAddress: config.answer,
    onSelect: (feature) => view.select(feature),
    onClose: () => view.canvas.getCanvas().focus({ preventScroll: true }),
  });

  function visibleNow(): PoolLayer[] {
    const zoom = view.canvas.getZoom();
    return layers.filter((layer) => list.shown.includes(layer.id) && zoom >= layer.from_zoom);
  }

  function remember(): void {
    list.setZoom(view.canvas.getZoom());
    history.replaceState(null, "", renderHash(view.state(list.shown)));
  }

  function lookAt(lon: number, lat: number): void {
    if (!isWide) openPanel(false);
    void card.open(lon, lat, visibleNow());
  }

  async function visit(hit: Hit): Promise<void> {
    const layer = layers.find((one) => one.id === hit.layer);
    if (layer !== undefined) {
      list.set(layer.id, true);
      view.show(layer, true);
    }
    view.goTo(hit.lon, hit.lat, hit.bbox ?? null);
    await view.canvas.once("moveend");
    remember();
    await card.open(hit.lon, hit.lat, visibleNow(), hit.layer ?? null);
  }

  new Search(promised("#map-search", HTMLFormElement), api, words, (hit) => void visit(hit));

  view.canvas.on("load", () => {
    for (const layer of layers) view.show(layer, shown.has(layer.id));
    remember();
    promised("#map", HTMLElement).dataset["ready"] = "yes";
  });
  view.canvas.on("moveend", remember);
  view.canvas.on("click", ({ lngLat }) => lookAt(lngLat.lng, lngLat.lat));
  view.canvas.on("idle", () => {
    for (const layer of layers) if (layer.legend.length > 0) list.setInView(layer.id, view.classesInView(layer));
  });
  view.canvas.getCanvas().addEventListener("keydown", ({ key }) => {
    const { lng, lat } = view.canvas.getCenter();
    if (key === "Enter") lookAt(lng, lat);
    if (key === "Escape") card.close();
  });
  addEventListener("hashchange", () => {
    const asked = parseHash(location.hash);
    if (asked === null) return;
    view.canvas.jumpTo({ center: [asked.lon, asked.lat], zoom: asked.zoom });
    if (asked.layers === null) return;
    for (const layer of layers) {
      list.set(layer.id, asked.layers.includes(layer.id));
      view.show(layer, asked.layers.includes(layer.id));
    }
  });
  keepUpToDate(view, api, style.metadata["pool:epoch"]);
}

/** Tiles follow each publish without the page being loaded again; the status line says so. */
function keepUpToDate(view: View, api: Api, known: number): void {
  let epoch = known;
  status.textContent = words.publish(epoch);
  followPublishes(() => api.epoch(), known, {
    onPublish(newest) {
      epoch = newest;
      view.refresh(newest);
      status.textContent = words.refreshed(newest);
    },
    onLost: () => (status.textContent = words.unreachable(epoch)),
    onBack: () => (status.textContent = words.publish(epoch)),
  });
}

if (!canDraw()) giveUp(words.noWebgl);
else loadStyle().then(start, () => giveUp(words.mapFailed));
