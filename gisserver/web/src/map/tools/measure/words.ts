import type { Desk } from "../../desk";
import { inLanguage } from "../../language";

const en = {
  what: "What to measure",
  length: "Length",
  area: "Area",
  place: "Place",
  open: "The open feature",
  begin: "Choose what to measure and draw it; corners near a drawn corner snap to it. With keys: move the map, the space bar sets a corner, Enter ends.",
  noneOpen: "Open a feature that has a length or an area first.",
  failed: "It could not be measured. Check the connection and draw it again.",
  plane: "In the plane",
  ellipsoid: "On the ellipsoid",
  registered: "Registered",
  around: "Around",
  side: (number: number) => `Side ${number}`,
  degrees: "Degrees, minutes, seconds",
};

const tr: typeof en = {
  what: "Ne ölçülecek?",
  length: "Uzunluk",
  area: "Alan",
  place: "Konum",
  open: "Açık kayıt",
  begin: "Ne ölçüleceğini seçip çizin; çizili bir köşeye yaklaşan köşe ona oturur. Klavyeyle: haritayı kaydırın, boşluk köşe koyar, Enter bitirir.",
  noneOpen: "Önce uzunluğu ya da alanı olan bir kayıt açın.",
  failed: "Ölçülemedi. Bağlantıyı denetleyip yeniden çizin.",
  plane: "Düzlemde",
  ellipsoid: "Elipsoit üzerinde",
  registered: "Tapuda",
  around: "Çevre",
  side: (number) => `${number}. kenar`,
  degrees: "Derece, dakika, saniye",
};

const fr: typeof en = {
  what: "Que mesurer\u202f?",
  length: "Longueur",
  area: "Surface",
  place: "Position",
  open: "L’objet ouvert",
  begin: "Choisissez ce qu’il faut mesurer et dessinez-le\u202f; un sommet proche d’un sommet dessiné s’y accroche. Au clavier\u00a0: déplacez la carte, la barre d’espace pose un sommet, Entrée termine.",
  noneOpen: "Ouvrez d’abord un objet qui a une longueur ou une surface.",
  failed: "La mesure a échoué. Vérifiez la connexion et redessinez.",
  plane: "Dans le plan",
  ellipsoid: "Sur l’ellipsoïde",
  registered: "Contenance inscrite",
  around: "Périmètre",
  side: (number) => `Côté ${number}`,
  degrees: "Degrés, minutes, secondes",
};

export function measureWords({ language }: Pick<Desk, "language">): typeof en {
  return inLanguage({ tr, en, fr }, language);
}
