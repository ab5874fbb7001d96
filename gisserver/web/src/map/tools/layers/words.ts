import type { Desk } from "../../desk";

const en = {
  search: "Find a layer",
  noneFound: "No layer has such a name. Try a shorter word.",
  presets: "Choices of layers",
  opacity: "Strength",
  opacityOf: (title: string) => `Strength of ${title}`,
  day: "As on",
  dayOf: (title: string) => `${title} as on this day; empty for now`,
  asOf: (day: string) => `as on ${day}`,
  moreOf: (title: string) => `More about ${title}`,
  up: "Further up",
  down: "Further down",
  moved: (title: string, place: number, all: number) => `${title} is now layer ${place} of ${all} from the top.`,
  table: "Table",
  about: "About this layer",
  zoomIn: "zoom in to see",
};

const tr: typeof en = {
  search: "Katman ara",
  noneFound: "Bu adda katman yok. Daha kısa bir sözcük deneyin.",
  presets: "Hazır katman seçimleri",
  opacity: "Belirginlik",
  opacityOf: (title) => `${title}: belirginlik`,
  day: "Şu günkü durum",
  dayOf: (title) => `${title}: bu günkü durum; boşsa şimdiki`,
  asOf: (day) => `${day} günkü durum`,
  moreOf: (title) => `${title}: ayrıntılar`,
  up: "Yukarı al",
  down: "Aşağı al",
  moved: (title, place, all) => `${title} üstten ${place}. sırada (${all} katman).`,
  table: "Tablo",
  about: "Katman bilgisi",
  zoomIn: "yaklaşınca görünür",
};

export function layerWords({ language }: Pick<Desk, "language">): typeof en {
  return language.startsWith("tr") ? tr : en;
}
