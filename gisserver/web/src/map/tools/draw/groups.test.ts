import { describe, expect, it } from "vitest";
import type { Drawn } from "../../pen";
import { deleted, dissolved, type Drawing, drawnOver, groupOf, LONGEST_NAME, MOST_GROUPS, moved, problemWith, renamed, seenOf, setHidden, tidied, withGroup } from "./groups";

function shape(id: string | undefined, group = ""): Drawn {
  const named = group === "" ? {} : { group };
  return { ...(id === undefined ? {} : { id }), type: "Feature", geometry: { type: "Point", coordinates: [27, 38] }, properties: { mode: "point", label: "", ...named } };
}

const drawing: Drawing = {
  features: [shape("1", "Site A"), shape("2"), shape("3", "Option 2"), shape(undefined)],
  groups: [{ name: "Site A", is_hidden: false }, { name: "Option 2", is_hidden: true }],
};
const groups = ({ features }: Drawing): string[] => features.map(groupOf);

describe("groups of shapes", () => {
  it("hide what is in them, and nothing else", () => {
    expect(seenOf(drawing).map(({ id }) => id)).toEqual(["1", "2", undefined]);
    expect(seenOf(setHidden(drawing, "Option 2", false))).toEqual(drawing.features);
  });

  it("are renamed with their shapes", () => {
    const { features, groups: named } = renamed(drawing, "Option 2", "Option 3");
    expect(groupOf(features[2]!)).toBe("Option 3");
    expect(named[1]).toEqual({ name: "Option 3", is_hidden: true });
  });

  it("take shapes in and let them go", () => {
    expect(groups(moved(drawing, new Set([drawing.features[1]!]), "Site A"))).toEqual(["Site A", "Site A", "Option 2", ""]);
    expect(groups(moved(drawing, new Set([drawing.features[0]!]), ""))).toEqual(["", "", "Option 2", ""]);
    expect(groups(dissolved(drawing, "Site A"))).toEqual(["", "", "Option 2", ""]);
  });

  it("go with their shapes where that is meant", () => {
    const left = deleted(drawing, "Option 2");
    expect([left.features.length, left.groups.length]).toEqual([3, 1]);
  });

  it("are there for every shape that names one, as far as there may be so many", () => {
    const features = Array.from({ length: MOST_GROUPS + 1 }, (_, place) => shape(undefined, `Group ${place}`));
    const tidy = tidied({ features, groups: [{ name: "Empty", is_hidden: true }] });
    expect([tidy.groups.length, tidy.groups[0]]).toEqual([MOST_GROUPS, { name: "Empty", is_hidden: true }]);
    expect(groups(tidy).slice(-3)).toEqual(["Group 48", "", ""]);
  });
});

describe("what the pen gives back", () => {
  it("takes the place of what it was given, beside what is hidden and what it did not take", () => {
    const pen = [shape("2"), shape("4")];
    const next = drawnOver(drawing, pen, "Site A");
    expect(next.features.map(({ id }) => id)).toEqual(["2", "3", undefined, "4"]);
    expect(groups(next)).toEqual(["", "Option 2", "", "Site A"]);
  });

  it("knows nothing of groups and changes none", () => {
    const next = drawnOver(drawing, [shape("1"), shape("2")], "");
    expect(next).toEqual(drawing);
  });
});

describe("the name of a group", () => {
  it.each([
    ["", "empty"],
    ["  \n", "empty"],
    ["x".repeat(LONGEST_NAME + 1), "long"],
    [" site  a", "twice"],
    ["Site B", null],
    [` ${"x".repeat(LONGEST_NAME)} `, null],
  ])("%j is %s", (name, problem) => expect(problemWith(name, drawing.groups, "en")).toBe(problem));

  it("is told apart as its language does", () => {
    const known = withGroup({ features: [], groups: [] }, "ISI").groups;
    expect([problemWith("ısı", known, "tr"), problemWith("isi", known, "tr")]).toEqual(["twice", null]);
  });

  it("is refused where there are too many", () => {
    const many = Array.from({ length: MOST_GROUPS }, (_, place) => ({ name: `${place}`, is_hidden: false }));
    expect(problemWith("one more", many, "en")).toBe("many");
  });
});
