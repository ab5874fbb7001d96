import type { Api } from "./api";
import { nameOf } from "./card_facts";
import { rowsOf } from "./card_overview";
import type { Chosen } from "./desk";
import { element } from "./element";
import type { Words } from "./words";

export interface PairHost {
  readonly api: Api;
  readonly language: string;
  readonly words: Words;
}

/** Two features field by field; what differs is marked. */
export async function pair(kept: Chosen, other: Chosen, host: PairHost): Promise<HTMLElement> {
  const { words } = host;
  const fields = { ...(await host.api.fields(kept.layer.id)), ...(await host.api.fields(other.layer.id)) };
  const rows = rowsOf([kept, other], fields, host).map(({ title, values }) => {
    const differs = values[0] !== values[1];
    const cells = values.map((value) => element("td", {}, differs ? element("strong", {}, value) : value));
    const sign = element("td", {}, differs ? element("span", { role: "img", "aria-label": words.differs }, "≠") : "");
    return element("tr", {}, element("th", { scope: "row" }, title), ...cells, sign);
  });
  const names = [kept, other].map((one) => element("th", { scope: "col" }, nameOf(one)));
  const head = element("tr", {}, element("td"), ...names, element("td"));
  const made = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
  return element("div", { class: "map-card-table", role: "region", tabindex: "0", "aria-label": words.pairOf(nameOf(kept), nameOf(other)) }, made);
}
