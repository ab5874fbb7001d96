import { describe, expect, it } from "vitest";
import { shownAge, shownDay } from "./age";

const now = new Date("2026-05-20T12:00:00Z");
const ago = (moment: string, language = "en"): string => shownAge(new Date(moment), now, language);

describe("an age", () => {
  it("is said in the largest whole unit", () => {
    expect(ago("2026-05-20T11:35:00Z")).toBe("25 minutes ago");
    expect(ago("2026-05-20T09:30:00Z")).toBe("2 hours ago");
    expect(ago("2026-05-19T11:00:00Z")).toBe("yesterday");
    expect(ago("2026-05-01T12:00:00Z")).toBe("2 weeks ago");
    expect(ago("2024-01-01T12:00:00Z")).toBe("2 years ago");
  });

  it("is said in the reader's language", () => {
    expect(ago("2026-05-15T11:00:00Z", "tr")).toBe("5 gün önce");
    expect(ago("2026-05-15T11:00:00Z", "fr")).toBe("il y a 5 jours");
  });

  it("is none where a clock is wrong", () => {
    expect(ago("2026-05-20T12:05:00Z")).toBe("this minute");
  });

  it("has a day beside it", () => {
    expect(shownDay(new Date("2026-05-01T12:00:00Z"), "tr")).toBe("1 Mayıs 2026");
  });
});
