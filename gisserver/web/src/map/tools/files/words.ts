import type { Desk } from "../../desk";
import { inLanguage } from "../../language";

const en = {
  choose: "Files",
  hint: (most: number) =>
    `Shapefile (zip, or its files together), GeoPackage, DXF, KML, KMZ, GPX, GeoJSON, GML, FlatGeobuf, CSV or Excel, up to ${most} MB. Or drop them on the map. The service reads them and keeps nothing; they are gone with this page.`,
  reading: (name: string) => `Reading “${name}” …`,
  tooLarge: (name: string, most: number) => `“${name}” is larger than ${most} MB. Take out of it what you need, or send it on the page of your district.`,
  failed: (name: string) => `“${name}” could not be read. Check the connection and open it again.`,
  where: (name: string) => `Where does “${name}” lie?`,
  show: "Show on the map",
  use: "Use this",
  used: "It is read like this now",
  otherPlaces: "It may also lie elsewhere",
  opened: (name: string, layers: number, features: string, system: string) =>
    `“${name}” is on the map: ${features} features${layers === 1 ? "" : ` in ${layers} layers`}, read as ${system}.`,
  firstOnly: (title: string, shown: string, all: string) => `Of “${title}” the first ${shown} of ${all} features are shown.`,
  noShape: (count: string) => `${count} features have no shape and are in the table only.`,
  layers: "Layers",
  server: "Layer of another server",
  serverHint: "From the hosts that the operator of this service allows; the service fetches it for you.",
  kind: "Kind",
  address: "Address",
  list: "List its layers",
  layerThere: "Layer there",
  asPictures: "Show as a map",
  asFeatures: "Take its features",
  fetching: "Fetching …",
  listed: (count: number) => (count === 1 ? "1 layer is there." : `${count} layers are there.`),
  added: (title: string) => `“${title}” is on the map, and in the list of layers.`,
  notKept: "The link of the map would grow too long to keep it: who gets the link does not see it.",
  goneThere: (name: string, host: string) => `The layer “${name}” of the link is no longer on ${host}.`,
  serverFailed: "The other server could not be reached. Check the address and try again.",
  table: (title: string) => `Table of ${title}`,
};

const tr: typeof en = {
  choose: "Dosyalar",
  hint: (most) =>
    `Shapefile (zip ya da dosyaları birlikte), GeoPackage, DXF, KML, KMZ, GPX, GeoJSON, GML, FlatGeobuf, CSV ya da Excel, en çok ${most} MB. Haritaya da bırakabilirsiniz. Hizmet dosyaları okur, hiçbir şeyi saklamaz; sayfayla birlikte giderler.`,
  reading: (name) => `“${name}” okunuyor …`,
  tooLarge: (name, most) => `“${name}” ${most} MB’den büyük. İçinden gerekeni alın ya da ilçenizin sayfasından gönderin.`,
  failed: (name) => `“${name}” okunamadı. Bağlantıyı denetleyip yeniden açın.`,
  where: (name) => `“${name}” nerede?`,
  show: "Haritada göster",
  use: "Bunu kullan",
  used: "Şimdi böyle okunuyor",
  otherPlaces: "Başka yerde de olabilir",
  opened: (name, layers, features, system) =>
    `“${name}” haritada: ${layers === 1 ? "" : `${layers} katmanda `}${features} detay, ${system} olarak okundu.`,
  firstOnly: (title, shown, all) => `“${title}” katmanındaki ${all} detayın ilk ${shown} tanesi gösteriliyor.`,
  noShape: (count) => `${count} detayın geometrisi yok; yalnız tabloda duruyorlar.`,
  layers: "Katmanlar",
  server: "Başka bir sunucunun katmanı",
  serverHint: "Bu hizmetin işletmeninin izin verdiği makinelerden; sizin yerinize hizmet alır.",
  kind: "Tür",
  address: "Adres",
  list: "Katmanlarını listele",
  layerThere: "Oradaki katman",
  asPictures: "Harita olarak göster",
  asFeatures: "Detaylarını al",
  fetching: "Alınıyor …",
  listed: (count) => `Orada ${count} katman var.`,
  added: (title) => `“${title}” haritada ve katman listesinde.`,
  notKept: "Haritanın bağlantısı onu saklayamayacak kadar uzardı: bağlantıyı alan onu görmez.",
  goneThere: (name, host) => `Bağlantıdaki “${name}” katmanı artık ${host} üzerinde yok.`,
  serverFailed: "Öteki sunucuya ulaşılamadı. Adresi denetleyip yeniden deneyin.",
  table: (title) => `${title} tablosu`,
};

const fr: typeof en = {
  choose: "Fichiers",
  hint: (most) =>
    `Shapefile (zip, ou ses fichiers ensemble), GeoPackage, DXF, KML, KMZ, GPX, GeoJSON, GML, FlatGeobuf, CSV ou Excel, jusqu’à ${most}\u00a0Mo. Vous pouvez aussi les déposer sur la carte. Le service les lit sans rien conserver\u202f; ils disparaissent avec cette page.`,
  reading: (name) => `Lecture de «\u202f${name}\u202f» …`,
  tooLarge: (name, most) => `«\u202f${name}\u202f» dépasse ${most}\u00a0Mo. Extrayez-en ce qu’il vous faut, ou envoyez-le depuis la page de votre commune.`,
  failed: (name) => `«\u202f${name}\u202f» n’a pas pu être lu. Vérifiez la connexion et ouvrez-le à nouveau.`,
  where: (name) => `Où se trouve «\u202f${name}\u202f»\u202f?`,
  show: "Montrer sur la carte",
  use: "Utiliser",
  used: "Lu ainsi pour le moment",
  otherPlaces: "Il peut aussi se trouver ailleurs",
  opened: (name, layers, features, system) =>
    `«\u202f${name}\u202f» est sur la carte\u00a0: ${features} objets${layers === 1 ? "" : ` dans ${layers} couches`}, lus en ${system}.`,
  firstOnly: (title, shown, all) => `De «\u202f${title}\u202f», les ${shown} premiers objets sur ${all} sont affichés.`,
  noShape: (count) => `${count} objets n’ont pas de géométrie et ne figurent que dans le tableau.`,
  layers: "Couches",
  server: "Couche d’un autre serveur",
  serverHint: "Des hôtes que l’exploitant de ce service autorise\u202f; le service la récupère pour vous.",
  kind: "Type",
  address: "Adresse",
  list: "Lister ses couches",
  layerThere: "Couche là-bas",
  asPictures: "Afficher comme carte",
  asFeatures: "Prendre ses objets",
  fetching: "Récupération …",
  listed: (count) => (count < 2 ? `${count} couche là-bas.` : `${count} couches là-bas.`),
  added: (title) => `«\u202f${title}\u202f» est sur la carte et dans la liste des couches.`,
  notKept: "Le lien de la carte deviendrait trop long pour la garder\u00a0: qui reçoit le lien ne la voit pas.",
  goneThere: (name, host) => `La couche «\u202f${name}\u202f» du lien n’est plus sur ${host}.`,
  serverFailed: "L’autre serveur n’a pas pu être joint. Vérifiez l’adresse et réessayez.",
  table: (title) => `Tableau de ${title}`,
};

export function fileWords({ language }: Pick<Desk, "language">): typeof en {
  return inLanguage({ tr, en, fr }, language);
}
