/** A state of the pool: a day, the number of a publish, or null for now. */
export type Moment = string | null;

/** The words by which the service is asked about it. */
export function momentAsked(moment: Moment): Record<string, string> {
  if (moment === null) return {};
  return isPublish(moment) ? { epoch: moment } : { datetime: moment };
}

export function isPublish(moment: string): boolean {
  return /^\d+$/.test(moment);
}
