import { dayWriter } from "./days";

const MINUTE_MS = 60_000;
const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, minutes: number])[] = [
  ["year", 525_960],
  ["month", 43_830],
  ["week", 10_080],
  ["day", 1440],
  ["hour", 60],
];

/** How long ago, as people say it: “yesterday”, “3 weeks ago”. */
export function shownAge(moment: Date, now: Date, language: string): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - moment.getTime()) / MINUTE_MS));
  const [unit, size] = STEPS.find(([, least]) => minutes >= least) ?? ["minute", 1];
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-Math.floor(minutes / size), unit);
}

/** The day, in full. */
export function shownDay(moment: Date, language: string): string {
  return dayWriter(language, { dateStyle: "long" }).format(moment);
}
