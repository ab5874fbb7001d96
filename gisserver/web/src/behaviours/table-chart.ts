/** A figure that draws the table named by data-table; without a script the table alone is there. */
export function attach(element: HTMLElement): void {
  const table = document.getElementById(element.dataset["table"] ?? "");
  if (!(table instanceof HTMLTableElement)) return;
  void import("../chart/table_chart").then(({ drawTable }) => drawTable(element, table));
}
