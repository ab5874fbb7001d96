/** The same thing in each language of the map page. */
export interface Said<Thing> {
  readonly tr: Thing;
  readonly en: Thing;
  readonly fr: Thing;
}

/** A language that nobody has written yet reads English. */
export function inLanguage<Thing>(said: Said<Thing>, language: string): Thing {
  const spoken = language.split("-")[0];
  return spoken === "tr" || spoken === "fr" ? said[spoken] : said.en;
}
