import type { MapAddress } from "./address";
import type { Desk } from "./desk";

/** Shared drawings, by the codes that a link names. */
export async function openDrawing(desk: Desk, { drawing, place }: MapAddress): Promise<void> {
  if (drawing === null) return;
  try {
    const { openSeveral, openShared } = await import("./tools/draw/open_shared");
    const codes = drawing.split(",");
    if (codes.length > 1) await openSeveral(desk, codes, place === null);
    else await openShared(desk, drawing, place === null);
  } catch (error) {
    console.warn(error);
    desk.tell(desk.words.toolFailed);
  }
}

/** Layers of other servers that a link names. */
export async function openAdded(desk: Desk, { added }: MapAddress): Promise<void> {
  const { foreign, is_embedded: isEmbedded } = desk.config;
  if (added.length === 0 || isEmbedded) return;
  if (foreign === null) return desk.tell(desk.words.noneAdded);
  const foreignLayers = await import("./tools/files/foreign");
  await foreignLayers.openAdded(desk, foreign, added);
}

/** What of a link could not be followed, in sentences; empty where all was. */
export function leftAside({ senseless, layers: asked, background }: MapAddress, { layers, backgrounds, words }: Pick<Desk, "layers" | "backgrounds" | "words">): string {
  const unknown = asked === null ? [] : [...layers.unknownIn(asked)];
  if (background !== null && backgrounds.find(background) === null) unknown.push(background);
  const renamed = asked === null ? [] : layers.renamedIn(asked);
  return [
    senseless.length > 0 ? words.senseless(senseless.join(", ")) : "",
    unknown.length > 0 ? words.unknownLayers(unknown.join(", ")) : "",
    renamed.length > 0 ? words.renamedLayers(renamed.map(({ title }) => title).join(", ")) : "",
  ].filter((one) => one !== "").join(" ");
}
