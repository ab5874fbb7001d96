import { expect, test } from "vitest";
import { measuresOf } from "./measures";

function table(rows: string): HTMLTableElement {
  document.body.innerHTML = `<table>
    <thead><tr><th>District</th><th>Covered</th><th>Last publish</th><th>Findings</th></tr></thead>
    <tbody>${rows}</tbody></table>`;
  return document.querySelector("table")!;
}

test("each column that says numbers is a measure, told as its cells write it", () => {
  const found = measuresOf(
    table(`
      <tr><th>Batı</th><td data-value="0.953"> 95,3&nbsp;% </td><td>today</td><td data-value="12">12</td></tr>
      <tr><th>Doğu</th><td data-value="0.5">50 %</td><td>never</td><td data-value="0">0</td></tr>`),
  );
  expect(found).toEqual([
    {
      title: "Covered",
      points: [
        { name: "Batı", value: 0.953, shown: "95,3 %" },
        { name: "Doğu", value: 0.5, shown: "50 %" },
      ],
    },
    {
      title: "Findings",
      points: [
        { name: "Batı", value: 12, shown: "12" },
        { name: "Doğu", value: 0, shown: "0" },
      ],
    },
  ]);
});

test("who has no number is left out, not shown as nothing", () => {
  const [covered] = measuresOf(table(`<tr><th>Batı</th><td data-value="">–</td></tr>
                                      <tr><th>Doğu</th><td data-value="0.5">50 %</td></tr>`));
  expect(covered!.points.map(({ name }) => name)).toEqual(["Doğu"]);
});
