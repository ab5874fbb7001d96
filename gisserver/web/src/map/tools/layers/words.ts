import type { Desk } from "../../desk";
import { inLanguage } from "../../language";

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
  openFile: "Open a file",
  ownFiles: "Your files",
  toTop: "To the top",
  toTopOf: (title: string) => `${title}: to the top`,
  remove: "Remove",
  removeOf: (title: string) => `Remove ${title}`,
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
  openFile: "Dosya aç",
  ownFiles: "Sizin dosyalarınız",
  toTop: "En üste",
  toTopOf: (title) => `${title}: en üste`,
  remove: "Kaldır",
  removeOf: (title) => `${title}: kaldır`,
};

const fr: typeof en = {
  search: "Trouver une couche",
  noneFound: "Aucune couche ne porte ce nom. Essayez un mot plus court.",
  presets: "Choix de couches",
  opacity: "Opacité",
  opacityOf: (title) => `Opacité de ${title}`,
  day: "À la date du",
  dayOf: (title) => `${title} à cette date\u202f; vide pour maintenant`,
  asOf: (day) => `à la date du ${day}`,
  moreOf: (title) => `${title}\u00a0: plus de réglages`,
  up: "Monter",
  down: "Descendre",
  moved: (title, place, all) => `${title} est maintenant la couche ${place} sur ${all} à partir du haut.`,
  table: "Tableau",
  about: "À propos de cette couche",
  zoomIn: "visible de plus près",
  openFile: "Ouvrir un fichier",
  ownFiles: "Vos fichiers",
  toTop: "Au-dessus",
  toTopOf: (title) => `${title}\u00a0: au-dessus`,
  remove: "Retirer",
  removeOf: (title) => `Retirer ${title}`,
};

export function layerWords({ language }: Pick<Desk, "language">): typeof en {
  return inLanguage({ tr, en, fr }, language);
}
