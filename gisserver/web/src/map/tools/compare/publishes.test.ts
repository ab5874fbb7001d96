import { expect, it } from "vitest";
import { momentAt, placeOf, type Publish } from "./publishes";

const publish = (epoch: number, day: string): Publish => ({ epoch, published_at: `${day}T09:00:00+00:00`, layers: [] });
const publishes = [publish(3, "2026-05-01"), publish(7, "2026-05-04"), publish(8, "2026-05-04"), publish(9, "2026-06-01")];

it.each([
  ["now", null, 3],
  ["a publish", "7", 1],
  ["a number between two publishes", "5", 0],
  ["the end of a day with two publishes", "2026-05-04", 2],
  ["a day between", "2026-05-20", 2],
  ["a day before all of them", "2020-01-01", 0],
])("knows where %s stands", (_what, moment, place) => expect(placeOf(moment, publishes)).toBe(place));

it("takes the newest publish for now", () => {
  expect([momentAt(1, publishes), momentAt(3, publishes), momentAt(0, [])]).toEqual(["7", null, null]);
});
