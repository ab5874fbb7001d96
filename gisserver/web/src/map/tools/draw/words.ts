import type { Desk } from "../../desk";
import { inLanguage } from "../../language";

const en = {
  what: "What to draw",
  point: "Point",
  linestring: "Line",
  polygon: "Area",
  freehand: "Freehand",
  circle: "Circle",
  select: "Change",
  label: "Label of the last shape",
  clear: "Delete all",
  download: "Download (GeoJSON)",
  open: "Open a file (GeoJSON, KML, GPX)",
  begin: "What you draw is kept in this browser until you delete it. With keys: move the map, the space bar sets a corner, Enter ends.",
  count: (count: number) => (count === 1 ? "1 shape is kept." : `${count} shapes are kept.`),
  unreadable: (name: string) => `“${name}” could not be read. GeoJSON, KML and GPX in degrees are taken; districts send other formats on their page.`,
  tooLarge: (name: string) => `“${name}” is larger than 5 MB or has more than 2,000 shapes. Send it to the service as a district, or cut it.`,
  notKept: "The drawing is too large for this browser to keep. Download it before you close the page.",
};

const tr: typeof en = {
  what: "Ne çizilecek?",
  point: "Nokta",
  linestring: "Çizgi",
  polygon: "Alan",
  freehand: "Serbest",
  circle: "Daire",
  select: "Değiştir",
  label: "Son şeklin etiketi",
  clear: "Hepsini sil",
  download: "İndir (GeoJSON)",
  open: "Dosya aç (GeoJSON, KML, GPX)",
  begin: "Çizdikleriniz siz silene kadar bu tarayıcıda saklanır. Klavyeyle: haritayı kaydırın, boşluk köşe koyar, Enter bitirir.",
  count: (count) => `${count} şekil saklanıyor.`,
  unreadable: (name) => `“${name}” okunamadı. Dereceyle GeoJSON, KML ve GPX alınır; ilçeler başka biçimleri kendi sayfalarından gönderir.`,
  tooLarge: (name) => `“${name}” 5 MB’den büyük ya da 2.000’den çok şekil içeriyor. İlçe olarak hizmete gönderin ya da bölün.`,
  notKept: "Çizim bu tarayıcının saklayabileceğinden büyük. Sayfayı kapatmadan önce indirin.",
};

const fr: typeof en = {
  what: "Que dessiner\u202f?",
  point: "Point",
  linestring: "Ligne",
  polygon: "Surface",
  freehand: "À main levée",
  circle: "Cercle",
  select: "Modifier",
  label: "Étiquette de la dernière forme",
  clear: "Tout supprimer",
  download: "Télécharger (GeoJSON)",
  open: "Ouvrir un fichier (GeoJSON, KML, GPX)",
  begin: "Ce que vous dessinez est conservé dans ce navigateur jusqu’à ce que vous le supprimiez. Au clavier\u00a0: déplacez la carte, la barre d’espace pose un sommet, Entrée termine.",
  count: (count) => (count < 2 ? `${count} forme conservée.` : `${count} formes conservées.`),
  unreadable: (name) => `«\u202f${name}\u202f» n’a pas pu être lu. GeoJSON, KML et GPX en degrés sont acceptés\u202f; les communes envoient d’autres formats sur leur page.`,
  tooLarge: (name) => `«\u202f${name}\u202f» dépasse 5\u00a0Mo ou 2\u202f000 formes. Envoyez-le au service comme commune, ou divisez-le.`,
  notKept: "Le dessin est trop grand pour être conservé par ce navigateur. Téléchargez-le avant de fermer la page.",
};

export function drawWords({ language }: Pick<Desk, "language">): typeof en {
  return inLanguage({ tr, en, fr }, language);
}
