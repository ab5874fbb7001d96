import { Unanswered } from "../../api";
import type { Desk } from "../../desk";
import { type Kept, linkTo, sharedDrawing } from "./sharing";

/** In one link; who has it asks the service for each. */
export const MOST_DRAWINGS = 10;
const CODE = /^[\w-]{16,64}$/;
const IN_LINK = /[#&]drawing=([\w,-]+)/;

/** The codes in links that somebody has pasted, each once; what is no such link comes back as it is. */
export function codesIn(text: string): { readonly codes: readonly string[]; readonly senseless: readonly string[] } {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const found = words.map((word) => (IN_LINK.exec(word)?.[1] ?? word).split(","));
  const isCode = (code: string): boolean => CODE.test(code);
  return {
    codes: [...new Set(found.flat().filter(isCode))],
    senseless: words.filter((_, place) => !found[place]!.every(isCode)),
  };
}

/** Those that are still shared, in their order, and how many are not. Fails where the service does not answer. */
export async function sharedDrawings(desk: Desk, codes: readonly string[]): Promise<{ readonly kept: readonly Kept[]; readonly gone: number }> {
  const answers = await Promise.allSettled(codes.map((code) => sharedDrawing(desk.config, code, desk.language)));
  const lost = answers.find((answer) => answer.status === "rejected" && !isGone(answer.reason));
  if (lost?.status === "rejected") throw lost.reason;
  const found = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  // Two codes may lead to one drawing.
  const kept = [...new Map(found.map((one) => [one.view, one])).values()];
  return { kept, gone: codes.length - found.length };
}

/** To look at them: also of an edit link only the code to look at goes into it. */
export function linkToAll(drawings: readonly Kept[]): string {
  return linkTo(drawings.map(({ view }) => view).join(","));
}

function isGone(reason: unknown): boolean {
  return reason instanceof Unanswered && reason.isFinal;
}
