/** Every sentence of the map page. A language without a catalogue reads English. */
export interface Words {
  readonly searchLabel: string;
  readonly searchHint: string;
  readonly search: string;
  readonly results: (count: number) => string;
  readonly nothingFound: (query: string) => string;
  readonly searchFailed: string;
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
  readonly senseless: (words: string) => string;
  readonly unknownLayers: (names: string) => string;
  readonly renamedLayers: (names: string) => string;
  readonly ownPage: string;
  readonly history: string;
  readonly legend: string;
  readonly legendFromAfar: string;
  readonly legendFailed: string;
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
  featureGone: "The feature that the link names has ended, or you may not see it.",
  senseless: (words) => `The link holds something that the map does not understand: ${words}. The rest of it is shown.`,
  unknownLayers: (names) => `The link names layers that are not here: ${names}. They were removed, or are only for who is signed in.`,
  renamedLayers: (names) => `A layer of the link has a new name: ${names}.`,
  ownPage: "Its own page",
  history: "What it has been",
  legend: "Legend of the view",
  legendFromAfar: "From afar whole neighbourhoods are counted.",
  legendFailed: "What is in view could not be counted. Move the map to try again.",
  legendEmpty: "Nothing of the layers that are on is in view.",
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
  featureGone: "Bağlantıdaki kayıt sona ermiş ya da size açık değil.",
  senseless: (words) => `Bağlantıda haritanın anlamadığı bir şey var: ${words}. Gerisi gösteriliyor.`,
  unknownLayers: (names) => `Bağlantıdaki bazı katmanlar burada yok: ${names}. Kaldırılmış ya da yalnız oturum açanlara açık olabilirler.`,
  renamedLayers: (names) => `Bağlantıdaki bir katmanın adı değişti: ${names}.`,
  ownPage: "Kendi sayfası",
  history: "Geçmişi",
  legend: "Görünümün gösterimi",
  legendFromAfar: "Uzaktan bütün mahalleler sayılır.",
  legendFailed: "Görünümdekiler sayılamadı. Yeniden denemek için haritayı kaydırın.",
  legendEmpty: "Açık katmanlardan ekranda bir şey yok.",
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
  mapTitleShort: "Harita üzerinde",
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
