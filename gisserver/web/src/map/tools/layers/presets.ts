import type { LayerState } from "../../address";
import type { Title } from "../../desk";
import type { Layers } from "../../layers";
import type { PoolLayer } from "../../pool_style";

/** A choice of layers for a purpose; it never moves the map. */
export interface Preset {
  readonly title: Title;
  states(layers: Layers): readonly LayerState[];
}

function those(isWanted: (layer: PoolLayer) => boolean): (layers: Layers) => readonly LayerState[] {
  return ({ all }) => all.filter(isWanted).map(({ id }) => ({ id, isShown: true, opacity: 1, at: null }));
}

function ofThemes(...themes: string[]): (layers: Layers) => readonly LayerState[] {
  return those(({ theme }) => themes.includes(theme));
}

export const PRESETS: readonly Preset[] = [
  { title: { tr: "Başlangıç", en: "As at first", fr: "Comme au départ" }, states: ({ usual }) => usual },
  { title: { tr: "Kadastro", en: "Cadastre", fr: "Cadastre" }, states: ofThemes("cadastre", "address") },
  { title: { tr: "İmar", en: "Planning", fr: "Urbanisme" }, states: ofThemes("cadastre", "plan") },
  { title: { tr: "Altyapı", en: "Networks", fr: "Réseaux" }, states: ofThemes("network", "address") },
  { title: { tr: "Hiçbiri", en: "None", fr: "Aucune" }, states: those(() => false) },
];
