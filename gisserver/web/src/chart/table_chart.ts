import { bars } from "./bars";
import { measuresOf, type Measure } from "./measures";

/** Draws a table beside it; where it has several columns of numbers, the reader chooses which. */
export function drawTable(figure: HTMLElement, table: HTMLTableElement): void {
  const measures = measuresOf(table);
  const first = measures[0];
  if (!first) return;
  const place = document.createElement("div");
  const show = (measure: Measure) => {
    const drawing = bars(measure, place.clientWidth);
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", `${figure.dataset["label"] ?? ""}: ${measure.title}`);
    place.replaceChildren(drawing);
  };
  let shown = first;
  if (measures.length > 1) {
    figure.append(choice(figure.dataset["choose"] ?? "", measures, (measure) => show((shown = measure))));
  }
  figure.append(place);
  figure.hidden = false;
  new ResizeObserver(() => place.clientWidth > 0 && show(shown)).observe(place);
}

function choice(label: string, measures: readonly Measure[], choose: (measure: Measure) => void): HTMLElement {
  const field = document.createElement("label");
  field.className = "chart-choice";
  const list = document.createElement("select");
  list.append(...measures.map(({ title }, number) => new Option(title, String(number))));
  list.addEventListener("change", () => {
    const measure = measures[list.selectedIndex];
    if (measure) choose(measure);
  });
  field.append(label, " ", list);
  return field;
}
