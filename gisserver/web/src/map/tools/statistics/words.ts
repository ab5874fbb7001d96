import type { Desk } from "../../desk";
import { inLanguage } from "../../language";

const en = {
  ground: "Of which ground",
  view: "What I see",
  drawn: "What I drew",
  open: "The open feature",
  layer: "Layer",
  amount: "What is counted",
  amounts: { count: "Number", area_m2: "Area", length_m: "Length" },
  kind: "Class",
  all: "All",
  others: "Others",
  print: "Print",
  chartOf: (what: string, amount: string) => `Chart: ${what}, ${amount}. The same stands in the table below.`,
  cut: "Areas and lengths end at the edge of the ground.",
  nothing: "Nothing of this layer lies there. Choose another layer or other ground.",
  noneDrawn: "No area has been drawn yet. Draw one with the tool Draw; the last one counts.",
  noneOpen: "Open a feature that has an area, such as a plan, a zone or a neighbourhood, by a click on the map.",
  failed: "It could not be counted. Check the connection and try again.",
};

const tr: typeof en = {
  ground: "Hangi alan?",
  view: "Gördüklerim",
  drawn: "Çizdiğim alan",
  open: "Açık kayıt",
  layer: "Katman",
  amount: "Ne sayılsın?",
  amounts: { count: "Sayı", area_m2: "Alan", length_m: "Uzunluk" },
  kind: "Sınıf",
  all: "Hepsi",
  others: "Diğerleri",
  print: "Yazdır",
  chartOf: (what, amount) => `Grafik: ${what}, ${amount}. Aynı bilgiler aşağıdaki tabloda.`,
  cut: "Alanlar ve uzunluklar seçilen alanın kenarında biter.",
  nothing: "Orada bu katmandan bir şey yok. Başka bir katman ya da alan seçin.",
  noneDrawn: "Henüz alan çizilmedi. Çiz aracıyla bir alan çizin; son çizilen sayılır.",
  noneOpen: "Haritaya tıklayarak plan, fonksiyon ya da mahalle gibi alanı olan bir kayıt açın.",
  failed: "Sayılamadı. Bağlantıyı denetleyip yeniden deneyin.",
};

const fr: typeof en = {
  ground: "Sur quelle étendue",
  view: "Ce que je vois",
  drawn: "Ce que j’ai dessiné",
  open: "L’objet ouvert",
  layer: "Couche",
  amount: "Que compter",
  amounts: { count: "Nombre", area_m2: "Surface", length_m: "Longueur" },
  kind: "Classe",
  all: "Tout",
  others: "Autres",
  print: "Imprimer",
  chartOf: (what, amount) => `Graphique\u00a0: ${what}, ${amount}. Les mêmes chiffres figurent dans le tableau.`,
  cut: "Surfaces et longueurs s’arrêtent au bord de l’étendue.",
  nothing: "Rien de cette couche ne s’y trouve. Choisissez une autre couche ou une autre étendue.",
  noneDrawn: "Aucune surface n’est dessinée. Dessinez-en une avec l’outil Dessiner\u202f; la dernière compte.",
  noneOpen: "Ouvrez d’un clic sur la carte un objet qui a une surface\u00a0: un plan, une zone, un quartier.",
  failed: "Le comptage a échoué. Vérifiez la connexion et réessayez.",
};

export function statisticsWords({ language }: Pick<Desk, "language">): typeof en {
  return inLanguage({ tr, en, fr }, language);
}
