export interface Room {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** The list of layers covers the left of a wide map, so the whole area is fitted into the rest. */
export function roomBeside({ clientWidth }: HTMLElement): Room {
  return clientWidth >= 1024 ? { top: 24, right: 24, bottom: 24, left: 400 } : { top: 72, right: 8, bottom: 72, left: 8 };
}
