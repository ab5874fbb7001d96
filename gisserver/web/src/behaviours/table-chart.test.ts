import { expect, test, vi } from "vitest";
import "../chart/table_chart";
import { attach } from "./table-chart";

vi.stubGlobal(
  "ResizeObserver",
  class {
    constructor(private readonly told: () => void) {}
    observe(element: HTMLElement): void {
      Object.defineProperty(element, "clientWidth", { value: 600 });
      this.told();
    }
  },
);

function page(headers: string, rows: string): HTMLElement {
  document.body.innerHTML = `
    <figure hidden data-table="scores" data-label="How the districts stand" data-choose="Shown"></figure>
    <table id="scores"><thead><tr><th>District</th>${headers}</tr></thead><tbody>${rows}</tbody></table>`;
  return document.querySelector("figure")!;
}

const ROWS = `
  <tr><th>Batı</th><td data-value="0.9">90 %</td><td data-value="3">3</td></tr>
  <tr><th>Doğu</th><td data-value="0.5">50 %</td><td data-value="8">8</td></tr>`;

test("the table beside it is drawn, a bar for each row with its number as written", async () => {
  const figure = page("<th>Covered</th><th>Findings</th>", ROWS);
  attach(figure);
  await vi.waitFor(() => expect(figure.hidden).toBe(false));
  const drawing = figure.querySelector("[role=img]")!;
  expect(drawing.getAttribute("aria-label")).toBe("How the districts stand: Covered");
  expect(drawing.querySelectorAll("rect")).toHaveLength(2);
  expect(drawing.textContent).toContain("90 %");
  expect(figure.querySelector("style")).toBeNull();
});

test("another column is drawn when it is chosen", async () => {
  const figure = page("<th>Covered</th><th>Findings</th>", ROWS);
  attach(figure);
  await vi.waitFor(() => expect(figure.hidden).toBe(false));
  const list = figure.querySelector("select")!;
  list.selectedIndex = 1;
  list.dispatchEvent(new Event("change"));
  expect(figure.querySelector("[role=img]")!.getAttribute("aria-label")).toBe("How the districts stand: Findings");
});

test("a table without numbers is not drawn", async () => {
  const figure = page("<th>Covered</th>", "<tr><th>Batı</th><td>–</td></tr>");
  attach(figure);
  await import("../chart/table_chart");
  expect(figure.hidden).toBe(true);
});
