/** A plot as one drawing that the page names, under the page's own style: the content policy takes none from a script. */
export function asOneDrawing<Drawing extends Element>(plotted: Drawing): Drawing {
  for (const sheet of plotted.querySelectorAll("style")) sheet.remove();
  for (const part of plotted.querySelectorAll("g[aria-label]")) part.removeAttribute("aria-label");
  return plotted;
}
