import { element } from "./element";

/** A dialog over the page, gone from it once it is closed; the focus goes back by itself. */
export function openDialog(title: string, close: string, ...content: Node[]): HTMLDialogElement {
  const button = element("button", { type: "button", class: "map-card-close", "aria-label": close }, "×");
  const heading = element("h2", { id: "map-dialog-heading" }, title);
  const dialog = element(
    "dialog",
    { class: "map-dialog", "aria-labelledby": heading.id },
    element("div", { class: "map-dialog-head" }, heading, button),
    ...content,
  );
  button.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
