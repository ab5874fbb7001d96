import { inLanguage } from "./language";

/** The headings of what the search box finds. */
export type FoundGroup = "coordinate" | "parcel" | "address" | "place" | "plan" | "layer" | "command";

/** Every sentence of the map page. A language without a catalogue reads English. */
export interface Words {
  readonly searchLabel: string;
  readonly searchHint: string;
  readonly search: string;
  readonly results: (count: number) => string;
  readonly nothingFound: (query: string) => string;
  readonly searchFailed: string;
  readonly found: Readonly<Record<FoundGroup, string>>;
  readonly pageOf: (title: string) => string;
  readonly pageOfPlan: string;
  readonly themes: Readonly<Record<string, string>>;
  readonly tools: string;
  readonly commands: string;
  readonly commandHint: string;
  readonly noCommand: string;
  readonly switchOn: (title: string) => string;
  readonly switchOff: (title: string) => string;
  readonly keys: string;
  readonly keysOnMap: readonly (readonly [key: string, what: string])[];
  readonly singleLetters: string;
  readonly groups: Readonly<Record<string, string>>;
  readonly nothingToUndo: string;
  readonly nothingToRedo: string;
  readonly linkCopied: string;
  readonly toolFailed: string;
  readonly featureGone: string;
  readonly crosses: string;
  readonly senseless: (words: string) => string;
  readonly unknownLayers: (names: string) => string;
  readonly renamedLayers: (names: string) => string;
  readonly ownPage: string;
  readonly history: string;
  readonly itsPlan: string;
  readonly allAsTree: string;
  readonly allAsTable: string;
  readonly keep: string;
  readonly keepNoMore: (name: string) => string;
  readonly differs: string;
  readonly pairOf: (one: string, other: string) => string;
  readonly legend: string;
  readonly legendFromAfar: string;
  readonly legendFailed: string;
  readonly legendEmpty: string;
  readonly notYet: (moment: string, first: string) => string;
  readonly hereTitle: string;
  readonly close: string;
  readonly previous: string;
  readonly next: string;
  readonly position: (shown: number, all: number) => string;
  readonly looking: string;
  readonly nothingHere: string;
  readonly cardFailed: string;
  readonly noLayers: string;
  readonly answer: string;
  readonly yes: string;
  readonly no: string;
  readonly version: (version: number, epoch: number) => string;
  readonly asOf: (moment: string) => string;
  readonly publish: (epoch: number) => string;
  readonly refreshed: (epoch: number) => string;
  readonly unreachable: (epoch: number) => string;
  readonly backAgain: (epoch: number) => string;
  readonly noneAdded: string;
  readonly unknownMessage: string;
  readonly featureNotShown: (id: string, layer: string) => string;
  readonly mapFailed: string;
  readonly noWebgl: string;
  readonly stillMap: string;
  readonly noPicture: string;
  readonly whatIsHere: string;
  readonly moveByButtons: string;
  readonly north: string;
  readonly south: string;
  readonly west: string;
  readonly east: string;
  readonly toList: string;
  readonly mapTitle: string;
  readonly mapTitleShort: string;
  readonly wholeArea: string;
  readonly controls: Readonly<Record<string, string>>;
}

const en: Words = {
  searchLabel: "Find a place",
  searchHint: "Address or block/parcel",
  search: "Search",
  results: (count) => (count === 1 ? "1 result" : `${count} results`),
  nothingFound: (query) => `Nothing was found for “${query}”. Try the street and number, or block/parcel with the neighbourhood.`,
  searchFailed: "The search does not answer at the moment. Try again in a minute.",
  found: {
    coordinate: "Coordinates",
    parcel: "Parcels",
    address: "Addresses and streets",
    place: "Places",
    plan: "Plans",
    layer: "Layers",
    command: "Commands",
  },
  pageOf: (title) => `Page of ${title}`,
  pageOfPlan: "Zones, objections, history and downloads",
  themes: {
    cadastre: "Cadastre",
    plan: "Planning",
    address: "Addresses and roads",
    network: "Networks",
    base: "Boundaries and places",
  },
  tools: "Tools",
  commands: "Find a command",
  commandHint: "What do you want to do?",
  noCommand: "No command has such a name. Try a shorter word.",
  switchOn: (title) => `Switch on ${title}`,
  switchOff: (title) => `Switch off ${title}`,
  keys: "Keys",
  keysOnMap: [
    ["↑ ↓ ← →", "Move the map"],
    ["+", "Nearer"],
    ["-", "Farther"],
    ["Enter", "Tell what is in the middle; while drawing, finish"],
    ["Space", "While drawing: a corner in the middle of the map"],
    ["Escape", "Close the card; while drawing, begin anew"],
  ],
  singleLetters: "Single letters work as keys",
  groups: { map: "Map", ask: "Ask", draw: "Measure and draw", compare: "Compare", work: "Work" },
  nothingToUndo: "There is nothing to take back.",
  nothingToRedo: "There is nothing to do again.",
  linkCopied: "The link has been copied.",
  toolFailed: "The tool could not be loaded. Check the connection and try again.",
  crosses: "The outline crosses itself. Draw it anew, corner by corner around the place.",
  featureGone: "The feature that the link names has ended, or you may not see it.",
  senseless: (words) => `The link holds something that the map does not understand: ${words}. The rest of it is shown.`,
  unknownLayers: (names) => `The link names layers that are not here: ${names}. They were removed, or are only for who is signed in.`,
  renamedLayers: (names) => `A layer of the link has a new name: ${names}.`,
  ownPage: "Its own page",
  history: "History and family",
  itsPlan: "Its plan",
  allAsTree: "All",
  allAsTable: "Table",
  keep: "Compare with another",
  keepNoMore: (name) => `Stop comparing with ${name}`,
  differs: "differs",
  pairOf: (one, other) => `${one} and ${other}`,
  legend: "Legend of the view",
  legendFromAfar: "From afar whole neighbourhoods are counted.",
  legendFailed: "What is in view could not be counted. Move the map to try again.",
  legendEmpty: "Nothing of the layers that are on is in view.",
  notYet: (moment, first) => `${moment}: nothing was published yet. The first publish was on ${first}.`,
  hereTitle: "At this place",
  close: "Close",
  previous: "Previous",
  next: "Next",
  position: (shown, all) => `${shown} of ${all}`,
  looking: "Looking what is here …",
  nothingHere: "None of the visible layers has anything at this place. Switch on more layers or click nearby.",
  cardFailed: "What is here could not be read. Check the connection and click again.",
  noLayers: "No layer is switched on. Choose at least one.",
  answer: "What may be built here?",
  yes: "yes",
  no: "no",
  version: (version, epoch) => `Version ${version}, since publish no. ${epoch}`,
  asOf: (moment) => `as of ${lowered(moment)}`,
  publish: (epoch) => `Publish no. ${epoch}`,
  refreshed: (epoch) => `Publish no. ${epoch}: the map has just been refreshed`,
  unreachable: (epoch) => `The service cannot be reached. The map shows publish no. ${epoch}; it is tried again by itself.`,
  backAgain: (epoch) => `The service is there again. The map shows publish no. ${epoch}.`,
  noneAdded: "The link names layers of other servers, which this service does not show.",
  unknownMessage: "The message is none of those in the handbook (docs/links.md).",
  featureNotShown: (id, layer) => `There is no feature ${id} in ${layer}, or it is not for everybody.`,
  mapFailed: "The map could not be loaded. Reload the page, or use the list.",
  noWebgl: "This browser cannot draw a map that moves, because WebGL is missing or switched off. The service draws it as a picture: the buttons move it, and a click on it tells what is there.",
  stillMap: "Map, as a picture",
  noPicture: "No picture could be made of this. Zoom in, or try again in a minute.",
  whatIsHere: "What is in the middle?",
  moveByButtons: "Move the map by buttons",
  north: "North",
  south: "South",
  west: "West",
  east: "East",
  toList: "Read the data as a list",
  mapTitle: "Map. Arrow keys move it, plus and minus zoom, Enter tells what is at the centre.",
  mapTitleShort: "On the map",
  wholeArea: "Show the whole area",
  controls: {
    "NavigationControl.ZoomIn": "Zoom in",
    "NavigationControl.ZoomOut": "Zoom out",
    "GeolocateControl.FindMyLocation": "Where am I?",
    "GeolocateControl.LocationNotAvailable": "Your position is not known",
  },
};

const tr: Words = {
  searchLabel: "Yer bul",
  searchHint: "Adres, ada/parsel, mahalle",
  search: "Ara",
  results: (count) => `${count} sonuç`,
  nothingFound: (query) => `“${query}” için bir şey bulunamadı. Sokak ve kapı numarasını ya da mahalleyle birlikte ada/parseli deneyin.`,
  searchFailed: "Arama şu anda yanıt vermiyor. Bir dakika sonra yeniden deneyin.",
  found: {
    coordinate: "Koordinatlar",
    parcel: "Parseller",
    address: "Adresler ve sokaklar",
    place: "Yerler",
    plan: "Planlar",
    layer: "Katmanlar",
    command: "Komutlar",
  },
  pageOf: (title) => `${title}: sayfası`,
  pageOfPlan: "Bölgeler, itirazlar, geçmiş ve indirmeler",
  themes: {
    cadastre: "Kadastro",
    plan: "İmar planı",
    address: "Adres ve yollar",
    network: "Altyapı",
    base: "Sınırlar ve yerler",
  },
  tools: "Araçlar",
  commands: "Komut ara",
  commandHint: "Ne yapmak istiyorsunuz?",
  noCommand: "Bu adda komut yok. Daha kısa bir sözcük deneyin.",
  switchOn: (title) => `${title} katmanını aç`,
  switchOff: (title) => `${title} katmanını kapat`,
  keys: "Klavye kısayolları",
  keysOnMap: [
    ["↑ ↓ ← →", "Haritayı kaydır"],
    ["+", "Yakınlaş"],
    ["-", "Uzaklaş"],
    ["Enter", "Ortadaki noktada ne olduğunu söyle; çizerken bitir"],
    ["Boşluk", "Çizerken: haritanın ortasına köşe koy"],
    ["Escape", "Kartı kapat; çizerken baştan başla"],
  ],
  singleLetters: "Tek harfler kısayol olarak çalışsın",
  groups: { map: "Harita", ask: "Sorgula", draw: "Ölç ve çiz", compare: "Karşılaştır", work: "Çalışma" },
  nothingToUndo: "Geri alınacak bir şey yok.",
  nothingToRedo: "Yinelenecek bir şey yok.",
  linkCopied: "Bağlantı kopyalandı.",
  toolFailed: "Araç yüklenemedi. Bağlantıyı denetleyip yeniden deneyin.",
  crosses: "Şeklin sınırı kendini kesiyor. Yerin çevresini köşe köşe dolaşarak yeniden çizin.",
  featureGone: "Bağlantıdaki kayıt sona ermiş ya da size açık değil.",
  senseless: (words) => `Bağlantıda haritanın anlamadığı bir şey var: ${words}. Gerisi gösteriliyor.`,
  unknownLayers: (names) => `Bağlantıdaki bazı katmanlar burada yok: ${names}. Kaldırılmış ya da yalnız oturum açanlara açık olabilirler.`,
  renamedLayers: (names) => `Bağlantıdaki bir katmanın adı değişti: ${names}.`,
  ownPage: "Kendi sayfası",
  history: "Geçmişi ve soy ağacı",
  itsPlan: "Planı",
  allAsTree: "Hepsi",
  allAsTable: "Tablo",
  keep: "Başkasıyla karşılaştır",
  keepNoMore: (name) => `${name} ile karşılaştırmayı bitir`,
  differs: "farklı",
  pairOf: (one, other) => `${one} ve ${other}`,
  legend: "Görünümün gösterimi",
  legendFromAfar: "Uzaktan bütün mahalleler sayılır.",
  legendFailed: "Görünümdekiler sayılamadı. Yeniden denemek için haritayı kaydırın.",
  legendEmpty: "Açık katmanlardan ekranda bir şey yok.",
  notYet: (moment, first) => `${moment}: henüz bir şey yayımlanmamıştı. İlk yayın ${first} günü yapıldı.`,
  hereTitle: "Bu noktada",
  close: "Kapat",
  previous: "Önceki",
  next: "Sonraki",
  position: (shown, all) => `${all} kayıttan ${shown}.`,
  looking: "Burada ne olduğuna bakılıyor …",
  nothingHere: "Açık katmanlarda bu noktada bir şey yok. Başka katman açın ya da yakınına tıklayın.",
  cardFailed: "Bu noktadaki bilgiler okunamadı. Bağlantıyı denetleyip yeniden tıklayın.",
  noLayers: "Açık katman yok. En az birini seçin.",
  answer: "Buraya ne yapılabilir?",
  yes: "evet",
  no: "hayır",
  version: (version, epoch) => `${version}. sürüm, ${epoch} numaralı yayından beri`,
  asOf: (moment) => `${moment} itibarıyla`,
  publish: (epoch) => `Yayın no: ${epoch}`,
  refreshed: (epoch) => `Yayın no: ${epoch} – harita az önce yenilendi`,
  unreachable: (epoch) => `Hizmete ulaşılamıyor. Harita ${epoch} numaralı yayını gösteriyor; kendiliğinden yeniden denenir.`,
  backAgain: (epoch) => `Hizmet yeniden yanıt veriyor. Harita ${epoch} numaralı yayını gösteriyor.`,
  noneAdded: "Bağlantı başka sunucuların katmanlarını sayıyor; bu hizmet onları göstermiyor.",
  unknownMessage: "İleti, el kitabındakilerden biri değil (docs/links.md).",
  featureNotShown: (id, layer) => `${layer} katmanında ${id} yok ya da herkese açık değil.`,
  mapFailed: "Harita yüklenemedi. Sayfayı yenileyin ya da listeyi kullanın.",
  noWebgl: "Bu tarayıcı hareketli haritayı çizemiyor: WebGL yok ya da kapalı. Harita bir resim olarak hazırlanır: düğmelerle kaydırılır, üzerine tıklanınca orada ne olduğu söylenir.",
  stillMap: "Harita, resim olarak",
  noPicture: "Buranın resmi hazırlanamadı. Yakınlaşın ya da bir dakika sonra yeniden deneyin.",
  whatIsHere: "Ortada ne var?",
  moveByButtons: "Haritayı düğmelerle kaydır",
  north: "Kuzey",
  south: "Güney",
  west: "Batı",
  east: "Doğu",
  toList: "Verileri liste olarak oku",
  mapTitle: "Harita. Ok tuşları kaydırır, artı ve eksi yakınlaştırır, Enter ortadaki noktada ne olduğunu söyler.",
  mapTitleShort: "Harita üzerinde",
  wholeArea: "Bütün alanı göster",
  controls: {
    "NavigationControl.ZoomIn": "Yakınlaş",
    "NavigationControl.ZoomOut": "Uzaklaş",
    "GeolocateControl.FindMyLocation": "Neredeyim?",
    "GeolocateControl.LocationNotAvailable": "Konumunuz bilinmiyor",
  },
};

const fr: Words = {
  searchLabel: "Trouver un lieu",
  searchHint: "Adresse ou section/parcelle",
  search: "Rechercher",
  results: (count) => (count < 2 ? `${count} résultat` : `${count} résultats`),
  nothingFound: (query) => `Rien n’a été trouvé pour «\u202f${query}\u202f». Essayez la rue et le numéro, ou la section et le numéro de parcelle.`,
  searchFailed: "La recherche ne répond pas pour le moment. Réessayez dans une minute.",
  found: {
    coordinate: "Coordonnées",
    parcel: "Parcelles",
    address: "Adresses et rues",
    place: "Lieux",
    plan: "Documents d’urbanisme",
    layer: "Couches",
    command: "Commandes",
  },
  pageOf: (title) => `Page de ${title}`,
  pageOfPlan: "Zones, réclamations, historique et téléchargements",
  themes: {
    cadastre: "Cadastre",
    plan: "Urbanisme",
    address: "Adresses et voies",
    network: "Réseaux",
    base: "Limites et lieux",
  },
  tools: "Outils",
  commands: "Trouver une commande",
  commandHint: "Que souhaitez-vous faire\u202f?",
  noCommand: "Aucune commande ne porte ce nom. Essayez un mot plus court.",
  switchOn: (title) => `Afficher ${title}`,
  switchOff: (title) => `Masquer ${title}`,
  keys: "Raccourcis clavier",
  keysOnMap: [
    ["↑ ↓ ← →", "Déplacer la carte"],
    ["+", "Plus près"],
    ["-", "Plus loin"],
    ["Entrée", "Dire ce qui est au centre\u202f; pendant le dessin, terminer"],
    ["Espace", "Pendant le dessin\u00a0: poser un sommet au centre de la carte"],
    ["Échap", "Fermer la fiche\u202f; pendant le dessin, recommencer"],
  ],
  singleLetters: "Utiliser les lettres seules comme raccourcis",
  groups: { map: "Carte", ask: "Interroger", draw: "Mesurer et dessiner", compare: "Comparer", work: "Travailler" },
  nothingToUndo: "Il n’y a rien à annuler.",
  nothingToRedo: "Il n’y a rien à rétablir.",
  linkCopied: "Le lien a été copié.",
  toolFailed: "L’outil n’a pas pu être chargé. Vérifiez la connexion et réessayez.",
  crosses: "Le contour se croise lui-même. Redessinez-le, sommet par sommet autour du lieu.",
  featureGone: "L’objet désigné par le lien n’existe plus, ou ne vous est pas accessible.",
  senseless: (words) => `Le lien contient une partie que la carte ne comprend pas\u00a0: ${words}. Le reste est affiché.`,
  unknownLayers: (names) => `Le lien désigne des couches absentes ici\u00a0: ${names}. Elles ont été retirées, ou sont réservées aux personnes connectées.`,
  renamedLayers: (names) => `Une couche du lien a changé de nom\u00a0: ${names}.`,
  ownPage: "Sa page",
  history: "Historique et filiation",
  itsPlan: "Son plan",
  allAsTree: "Tout",
  allAsTable: "Tableau",
  keep: "Comparer avec un autre",
  keepNoMore: (name) => `Ne plus comparer avec ${name}`,
  differs: "différent",
  pairOf: (one, other) => `${one} et ${other}`,
  legend: "Légende de la vue",
  legendFromAfar: "De loin, des quartiers entiers sont comptés.",
  legendFailed: "Le contenu de la vue n’a pas pu être compté. Déplacez la carte pour réessayer.",
  legendEmpty: "La vue ne contient rien des couches affichées.",
  notYet: (moment, first) => `${moment}\u00a0: rien n’était encore publié. La première publication date du ${first}.`,
  hereTitle: "À cet endroit",
  close: "Fermer",
  previous: "Précédent",
  next: "Suivant",
  position: (shown, all) => `${shown} sur ${all}`,
  looking: "Recherche de ce qui est ici …",
  nothingHere: "Aucune couche affichée n’a d’objet à cet endroit. Affichez d’autres couches ou cliquez à côté.",
  cardFailed: "Ce qui est ici n’a pas pu être lu. Vérifiez la connexion et cliquez à nouveau.",
  noLayers: "Aucune couche n’est affichée. Choisissez-en au moins une.",
  answer: "Que peut-on construire ici\u202f?",
  yes: "oui",
  no: "non",
  version: (version, epoch) => `Version ${version}, depuis la publication n°\u00a0${epoch}`,
  asOf: (moment) => `état\u00a0: ${lowered(moment)}`,
  publish: (epoch) => `Publication n°\u00a0${epoch}`,
  refreshed: (epoch) => `Publication n°\u00a0${epoch}\u00a0: la carte vient d’être actualisée`,
  unreachable: (epoch) => `Le service est injoignable. La carte montre la publication n°\u00a0${epoch}\u202f; un nouvel essai se fait de lui-même.`,
  backAgain: (epoch) => `Le service répond de nouveau. La carte montre la publication n°\u00a0${epoch}.`,
  noneAdded: "Le lien désigne des couches d’autres serveurs, que ce service ne montre pas.",
  unknownMessage: "Le message n’est aucun de ceux du manuel (docs/links.md).",
  featureNotShown: (id, layer) => `Il n’y a pas d’objet ${id} dans ${layer}, ou il n’est pas ouvert à tous.`,
  mapFailed: "La carte n’a pas pu être chargée. Rechargez la page, ou utilisez la liste.",
  noWebgl: "Ce navigateur ne peut pas dessiner une carte mobile, car WebGL est absent ou désactivé. Le service la dessine comme une image\u202f: les boutons la déplacent, et un clic dit ce qui s’y trouve.",
  stillMap: "Carte, en image",
  noPicture: "Aucune image n’a pu être faite de cet endroit. Zoomez, ou réessayez dans une minute.",
  whatIsHere: "Qu’y a-t-il au centre\u202f?",
  moveByButtons: "Déplacer la carte par des boutons",
  north: "Nord",
  south: "Sud",
  west: "Ouest",
  east: "Est",
  toList: "Consulter les données en liste",
  mapTitle: "Carte. Les flèches la déplacent, plus et moins changent l’échelle, Entrée dit ce qui est au centre.",
  mapTitleShort: "Sur la carte",
  wholeArea: "Afficher tout le territoire",
  controls: {
    "NavigationControl.ZoomIn": "Zoom avant",
    "NavigationControl.ZoomOut": "Zoom arrière",
    "GeolocateControl.FindMyLocation": "Où suis-je\u202f?",
    "GeolocateControl.LocationNotAvailable": "Votre position n’est pas connue",
  },
};

/** Within a sentence. */
/** A publish begins no sentence here; a month keeps its capital. */
function lowered(moment: string): string {
  return moment.replace(/^Publi/, "publi");
}

export function wordsIn(language: string): Words {
  return inLanguage({ tr, en, fr }, language);
}
