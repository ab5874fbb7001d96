import { expect, it } from "vitest";
import { inLanguage } from "./language";
import { wordsIn } from "./words";

it.each([
  ["tr-TR", "evet"],
  ["fr", "oui"],
  ["en-GB", "yes"],
  ["de", "yes"],
])("says the words of the map to a reader of %s: %s", (language, yes) => expect(wordsIn(language).yes).toBe(yes));

it("says a title in the page's language", () => expect(inLanguage({ tr: "Ölç", en: "Measure", fr: "Mesurer" }, "fr-FR")).toBe("Mesurer"));
