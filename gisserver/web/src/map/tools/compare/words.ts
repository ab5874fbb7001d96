import type { Desk } from "../../desk";

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

export function compareWords({ language }: Pick<Desk, "language">): typeof en {
  return language.startsWith("tr") ? tr : en;
}
