import { chip } from "../../chips";
import type { Desk } from "../../desk";
import { element } from "../../element";
import type { OwnLayer } from "../../own_layers";
import { layerSign } from "../../swatch";
import { layerWords } from "./words";

/** The layers of opened files, above those of the pool; what is given back ends it. */
export function showOwnRows(place: HTMLElement, desk: Desk): () => void {
  const words = layerWords(desk);
  const add = chip(words.openFile, () => void desk.openTool("files", () => import("../files/tool")));
  const show = (): void => {
    const own = desk.own.all;
    const rows = own.length === 0 ? [] : [element("fieldset", { class: "map-theme" }, element("legend", {}, words.ownFiles), ...own.map((one) => row(one, desk)))];
    place.replaceChildren(element("div", { class: "map-chips" }, add), ...rows);
  };
  show();
  const order = (): string => desk.own.all.map(({ layer }) => layer.id).join();
  let known = order();
  return desk.own.onChange(() => {
    if (order() !== known) show();
    known = order();
  });
}

function row({ layer, tiles, isShown, opacity }: OwnLayer, desk: Desk): HTMLElement {
  const words = layerWords(desk);
  const box = element("input", { type: "checkbox" });
  const strength = element("input", { type: "range", min: 0, max: 100, step: 5, "aria-label": words.opacityOf(layer.title) });
  box.checked = isShown;
  strength.value = String(Math.round(opacity * 100));
  box.addEventListener("change", () => desk.own.change(layer.id, { isShown: box.checked }));
  strength.addEventListener("input", () => desk.own.change(layer.id, { opacity: Number(strength.value) / 100 }));
  const remove = chip(words.remove, () => desk.own.remove(layer.id));
  remove.setAttribute("aria-label", words.removeOf(layer.title));
  const toTop = chip(words.toTop, () => desk.own.raise(layer.id));
  toTop.setAttribute("aria-label", words.toTopOf(layer.title));
  const more = element(
    "details",
    { class: "map-layer-more" },
    element("summary", { "aria-label": words.moreOf(layer.title) }),
    element("p", { class: "soft" }, layer.description),
    element("label", {}, words.opacity, strength),
    tiles === null ? null : element("p", { class: "soft" }, tiles.credit),
    element("div", { class: "map-chips" }, tiles === null ? chip(words.table, () => void desk.openTable({ layer })) : toTop, remove),
  );
  return element("div", { class: "map-tree-row" }, element("label", { class: "map-layer" }, box, layerSign(layer.swatch), element("span", {}, layer.title)), more);
}
