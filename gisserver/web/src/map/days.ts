/** Writes days as the pages do: in English too the day stands before the month. */
export function dayWriter(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, options);
}
