/** One column of numbers of a table, row by row. */
export interface Measure {
  readonly title: string;
  readonly points: readonly Point[];
}

export interface Point {
  readonly name: string;
  readonly value: number;
  /** As the cell writes it, in the reader's language. */
  readonly shown: string;
}

/** The columns that say numbers for programs (data-value); rows without one are left out of it. */
export function measuresOf(table: HTMLTableElement): Measure[] {
  const headers = [...(table.tHead?.rows[0]?.cells ?? [])];
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  return headers
    .map((header, column) => ({ title: words(header), points: rows.flatMap((row) => pointsOf(row, column)) }))
    .filter(({ points }) => points.length > 0);
}

function pointsOf(row: HTMLTableRowElement, column: number): Point[] {
  const cell = row.cells[column];
  const written = cell?.dataset["value"];
  if (!cell || !written) return [];
  return [{ name: words(row.cells[0]), value: Number(written), shown: words(cell) }];
}

function words(element: HTMLElement | undefined): string {
  return element?.textContent?.replace(/\s+/g, " ").trim() ?? "";
}
