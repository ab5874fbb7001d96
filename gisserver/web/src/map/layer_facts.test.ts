import { describe, expect, it } from "vitest";
import { type DistrictFacts, gapsIn, type LayerFacts, notDelivered, type Survey } from "./layer_facts";

const survey = (more: Partial<Survey>): Survey => ({
  theme: "flood",
  title: "Flood area",
  as_of: "2025-03-01",
  share: 1,
  is_whole: true,
  is_under_review: false,
  ...more,
});

const district = (name: string, features: number, surveys: readonly Survey[] = []): DistrictFacts => ({ name, features, changed: null, surveys });

const facts = (...districts: DistrictFacts[]): LayerFacts => ({
  licence: null,
  credits: [],
  crs: { code: "EPSG:5253", name: "TUREF / TM27" },
  epoch: 1,
  changed: null,
  features: 1,
  districts,
});

describe("what is missing of a layer", () => {
  it("is what districts in view have not brought", () => {
    expect(notDelivered(facts(district("Konak", 3), district("Buca", 0)))).toEqual(["Buca"]);
  });

  it("is, theme by theme, ground that nobody has looked at or decided about", () => {
    const found = gapsIn(
      facts(
        district("Konak", 1, [survey({}), survey({ theme: "coast", title: "Coast" })]),
        district("Buca", 1, [survey({ as_of: null, share: 0, is_whole: false }), survey({ theme: "coast", title: "Coast" })]),
        district("Çiğli", 1, [survey({ share: 0.6, is_whole: false, is_under_review: true })]),
      ),
    );
    expect(found).toEqual([{ title: "Flood area", never: ["Buca"], inPart: [["Çiğli", 0.6]], underReview: ["Çiğli"] }]);
  });
});
