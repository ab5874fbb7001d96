import type { Desk } from "../../desk";
import { inLanguage } from "../../language";

const en = {
  how: "How to compare",
  swipe: "Swipe",
  beside: "Side by side",
  border: "Border between the two maps",
  day: "The second map as on",
  layers: "Layers of the second map",
  same: "The same as on the first",
  begin: "The first map is on the left, the second on the right; they move together.",
  second: "Second map, to compare. It moves with the first.",
};

const tr: typeof en = {
  how: "Karşılaştırma biçimi",
  swipe: "Perde",
  beside: "Yan yana",
  border: "İki harita arasındaki sınır",
  day: "İkinci haritanın günü",
  layers: "İkinci haritanın katmanları",
  same: "Birincideki gibi",
  begin: "Birinci harita solda, ikincisi sağda; birlikte kayarlar.",
  second: "Karşılaştırma için ikinci harita. Birincisiyle birlikte kayar.",
};

const fr: typeof en = {
  how: "Façon de comparer",
  swipe: "Balayage",
  beside: "Côte à côte",
  border: "Limite entre les deux cartes",
  day: "La seconde carte à la date du",
  layers: "Couches de la seconde carte",
  same: "Les mêmes que sur la première",
  begin: "La première carte est à gauche, la seconde à droite\u202f; elles se déplacent ensemble.",
  second: "Seconde carte, pour comparer. Elle se déplace avec la première.",
};

export function compareWords({ language }: Pick<Desk, "language">): typeof en {
  return inLanguage({ tr, en, fr }, language);
}
