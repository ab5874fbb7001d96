import type { Desk, Tool, Wish } from "../../desk";
import { element } from "../../element";
import { OwnTable } from "./own_table";
import { Table } from "./table";
import { tableWords } from "./words";
import "./table.css";

export const TOOL: Tool = {
  title: { tr: "Tablo", en: "Table", fr: "Tableau" },
  open(desk: Desk, body: HTMLElement, wish: Wish): () => void {
    const words = tableWords(desk);
    const place = element("div", {}, element("p", { class: "soft", role: "status" }, words.loading));
    const offered = [...desk.own.all.filter(({ tiles }) => tiles === null).map(({ layer }) => layer), ...desk.layers.all];
    const choice = element("select", { "aria-label": words.layer }, ...offered.map(({ id, title }) => element("option", { value: id }, title)));
    let table: Table | OwnTable | null = null;
    const show = async (filter: string): Promise<void> => {
      const layer = desk.layers.layer(choice.value);
      const own = desk.own.find(choice.value);
      table?.end();
      try {
        if (own !== undefined) table = new OwnTable(desk, own);
        else if (layer !== undefined) table = await Table.of(desk, layer, filter, (said) => desk.note(layer.id, said));
        else return;
        place.replaceChildren(table.root);
      } catch {
        place.replaceChildren(element("p", { class: "map-problem", role: "alert" }, words.failed));
      }
    };
    choice.value = (wish.layer ?? desk.layers.layer(wish.about ?? "") ?? desk.chosen?.layer ?? desk.layers.shown[0] ?? desk.layers.all[0])?.id ?? "";
    choice.addEventListener("change", () => void show(""));
    body.replaceChildren(element("label", { class: "map-table-layer" }, words.layer, choice), place);
    const stop = desk.onChosen((chosen) => table?.mark(chosen?.layer.id === choice.value ? String(chosen.feature.id) : null));
    void show(wish.filter ?? "");
    return () => {
      stop();
      table?.end();
    };
  },
};
