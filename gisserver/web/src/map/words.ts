/** Every sentence of the map page. A language without a catalogue reads English. */
export interface Words {
  readonly searchLabel: string;
  readonly searchHint: string;
  readonly search: string;
  readonly results: (count: number) => string;
  readonly nothingFound: (query: string) => string;
  readonly searchFailed: string;
  readonly layers: string;
  readonly themes: Readonly<Record<string, string>>;
  readonly zoomIn: string;
  readonly legendInView: string;
  readonly legendEmpty: string;
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
  readonly publish: (epoch: number) => string;
  readonly refreshed: (epoch: number) => string;
  readonly unreachable: (epoch: number) => string;
  readonly mapFailed: string;
  readonly noWebgl: string;
  readonly toList: string;
  readonly mapTitle: string;
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
  layers: "Layers and legend",
  themes: {
    cadastre: "Cadastre",
    plan: "Planning",
    address: "Addresses and roads",
    network: "Networks",
    base: "Boundaries and places",
  },
  zoomIn: "zoom in to see",
  legendInView: "Legend of what is in view",
  legendEmpty: "Nothing of this layer is in view.",
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
  publish: (epoch) => `Publish no. ${epoch}`,
  refreshed: (epoch) => `Publish no. ${epoch}: the map has just been refreshed`,
  unreachable: (epoch) => `The service cannot be reached. The map shows publish no. ${epoch}.`,
  mapFailed: "The map could not be loaded. Reload the page, or use the list.",
  noWebgl: "This browser cannot draw the map, because WebGL is missing or switched off. The same data can be read as a list.",
  toList: "Read the data as a list",
  mapTitle: "Map. Arrow keys move it, plus and minus zoom, Enter tells what is at the centre.",
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
  layers: "Katmanlar ve gösterim",
  themes: {
    cadastre: "Kadastro",
    plan: "İmar planı",
    address: "Adres ve yollar",
    network: "Altyapı",
    base: "Sınırlar ve yerler",
  },
  zoomIn: "yaklaşınca görünür",
  legendInView: "Ekrandakilerin gösterimi",
  legendEmpty: "Bu katmandan ekranda bir şey yok.",
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
  publish: (epoch) => `Yayın no: ${epoch}`,
  refreshed: (epoch) => `Yayın no: ${epoch} – harita az önce yenilendi`,
  unreachable: (epoch) => `Hizmete ulaşılamıyor. Harita ${epoch} numaralı yayını gösteriyor.`,
  mapFailed: "Harita yüklenemedi. Sayfayı yenileyin ya da listeyi kullanın.",
  noWebgl: "Bu tarayıcı haritayı çizemiyor: WebGL yok ya da kapalı. Aynı veriler liste olarak okunabilir.",
  toList: "Verileri liste olarak oku",
  mapTitle: "Harita. Ok tuşları kaydırır, artı ve eksi yakınlaştırır, Enter ortadaki noktada ne olduğunu söyler.",
  wholeArea: "Bütün alanı göster",
  controls: {
    "NavigationControl.ZoomIn": "Yakınlaş",
    "NavigationControl.ZoomOut": "Uzaklaş",
    "GeolocateControl.FindMyLocation": "Neredeyim?",
    "GeolocateControl.LocationNotAvailable": "Konumunuz bilinmiyor",
  },
};

const catalogues: Readonly<Record<string, Words>> = { tr, en };

export function wordsIn(language: string): Words {
  return catalogues[language.split("-")[0] ?? ""] ?? en;
}
