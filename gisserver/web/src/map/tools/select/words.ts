import type { Desk } from "../../desk";
import { inLanguage } from "../../language";

const en = {
  shapes: "Shape to select by",
  strokes: [["rectangle", "Box"], ["polygon", "Polygon"], ["freehand", "Freehand"], ["circle", "Radius"]] as const,
  within: "Within the open feature",
  begin: "Draw a shape, or open a feature and take its outline. With keys: move the map, the space bar sets a corner, Enter ends.",
  looking: "Looking what lies in it …",
  nothing: "None of the visible layers has anything in this shape.",
  noLayers: "No layer is drawn feature by feature here. Come nearer, or switch one on.",
  failed: "What lies in the shape could not be read. Check the connection and draw it again.",
  noArea: "The open feature has no area. Open a parcel, a zone or a neighbourhood.",
  table: (title: string) => `Table of ${title}`,
  tooLong: "The shape has too many corners for a table; draw it with fewer.",
  clear: "Take the shape away",
  heading: "What lies in this shape",
};

const tr: typeof en = {
  shapes: "Seçim şekli",
  strokes: [["rectangle", "Kutu"], ["polygon", "Çokgen"], ["freehand", "Serbest"], ["circle", "Yarıçap"]] as never,
  within: "Açık kaydın içinde",
  begin: "Bir şekil çizin ya da bir kayıt açıp onun sınırını kullanın. Klavyeyle: haritayı kaydırın, boşluk köşe koyar, Enter bitirir.",
  looking: "İçinde ne olduğuna bakılıyor …",
  nothing: "Açık katmanlarda bu şeklin içinde bir şey yok.",
  noLayers: "Burada tek tek çizilen katman yok. Yaklaşın ya da bir katman açın.",
  failed: "Şeklin içindekiler okunamadı. Bağlantıyı denetleyip yeniden çizin.",
  noArea: "Açık kaydın alanı yok. Bir parsel, fonksiyon ya da mahalle açın.",
  table: (title) => `${title} tablosu`,
  tooLong: "Şeklin köşesi bir tablo için çok fazla; daha az köşeyle çizin.",
  clear: "Şekli kaldır",
  heading: "Bu şeklin içindekiler",
};

const fr: typeof en = {
  shapes: "Forme de la sélection",
  strokes: [["rectangle", "Rectangle"], ["polygon", "Polygone"], ["freehand", "À main levée"], ["circle", "Rayon"]] as never,
  within: "Dans l’objet ouvert",
  begin: "Dessinez une forme, ou ouvrez un objet et prenez son contour. Au clavier\u00a0: déplacez la carte, la barre d’espace pose un sommet, Entrée termine.",
  looking: "Recherche de son contenu …",
  nothing: "Aucune couche affichée n’a d’objet dans cette forme.",
  noLayers: "Aucune couche n’est dessinée objet par objet ici. Approchez-vous, ou affichez-en une.",
  failed: "Le contenu de la forme n’a pas pu être lu. Vérifiez la connexion et redessinez-la.",
  noArea: "L’objet ouvert n’a pas de surface. Ouvrez une parcelle, une zone ou un quartier.",
  table: (title) => `Tableau de ${title}`,
  tooLong: "La forme a trop de sommets pour un tableau\u202f; dessinez-la avec moins de sommets.",
  clear: "Retirer la forme",
  heading: "Contenu de cette forme",
};

export function selectWords({ language }: Pick<Desk, "language">): typeof en {
  return inLanguage({ tr, en, fr }, language);
}
