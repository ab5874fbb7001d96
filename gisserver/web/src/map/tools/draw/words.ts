import type { Desk } from "../../desk";

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

export function drawWords({ language }: Pick<Desk, "language">): typeof en {
  return language.startsWith("tr") ? tr : en;
}
