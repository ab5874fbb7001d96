import type { Api, Fields } from "./api";
import { facts, nameOf } from "./card_facts";
import type { Chosen } from "./desk";
import { element } from "./element";
import type { PoolLayer } from "./pool_style";
import type { Words } from "./words";

export type Overview = "tree" | "table";

export interface OverviewHost {
  readonly api: Api;
  readonly language: string;
  readonly words: Words;
  /** Open the one at that place of the list. */
  go(place: number): void;
}

/** Everything that was found at a place at once: under its layers, or with all its fields side by side. */
export async function overview(kind: Overview, found: readonly Chosen[], host: OverviewHost): Promise<HTMLElement> {
  const layers = [...new Set(found.map(({ layer }) => layer))];
  const blocks = layers.map(async (layer) => {
    const members = found.filter((one) => one.layer === layer);
    const inside = kind === "tree" ? tree(members, found, host) : await table(layer, members, found, host);
    const head = element("summary", {}, layer.title, element("span", { class: "soft number" }, ` ${members.length}`));
    return element("details", { open: true }, head, inside);
  });
  return element("div", { class: `map-card-${kind}` }, ...(await Promise.all(blocks)));
}

function tree(members: readonly Chosen[], found: readonly Chosen[], host: OverviewHost): HTMLElement {
  return element("ul", {}, ...members.map((one) => element("li", {}, opener(one, found, host))));
}

/** A column for each feature, for a feature has more fields than a place has features. */
async function table(layer: PoolLayer, members: readonly Chosen[], found: readonly Chosen[], host: OverviewHost): Promise<HTMLElement> {
  const fields = await host.api.fields(layer.id);
  const head = element("tr", {}, element("td"), ...members.map((one) => element("th", { scope: "col" }, opener(one, found, host))));
  const body = rowsOf(members, fields, host).map(({ title, values }) =>
    element("tr", {}, element("th", { scope: "row" }, title), ...values.map((value) => element("td", {}, value))),
  );
  const made = element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
  return element("div", { class: "map-card-grid", role: "region", tabindex: "0", "aria-label": layer.title }, made);
}

function opener(one: Chosen, found: readonly Chosen[], host: OverviewHost): HTMLElement {
  const button = element("button", { type: "button", class: "map-row-open" }, nameOf(one));
  button.addEventListener("click", () => host.go(found.indexOf(one)));
  return button;
}

export interface FactRow {
  readonly title: string;
  readonly values: readonly string[];
}

/** Field by field what each of the features says; fields of which none says anything are left out. */
export function rowsOf(members: readonly Chosen[], fields: Fields, host: Pick<OverviewHost, "language" | "words">): FactRow[] {
  const said = members.map(({ feature }) => new Map(facts(feature, fields, host.language, host.words)));
  const titles = [...new Set(Object.values(fields).map(({ title }) => title))].filter((title) => said.some((one) => one.has(title)));
  return titles.map((title) => ({ title, values: said.map((one) => one.get(title) ?? "–") }));
}
