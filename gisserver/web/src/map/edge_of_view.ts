interface Point {
  readonly x: number;
  readonly y: number;
}

interface Edge extends Point {
  /** Which way it lies: 0 to the right, 90 down. */
  readonly degrees: number;
}

/** Where on the edge of a view something beyond it is pointed at; null for what is in view. */
export function edgeTowards({ x, y }: Point, { width, height }: { readonly width: number; readonly height: number }, margin: number): Edge | null {
  if (x >= 0 && y >= 0 && x <= width && y <= height) return null;
  const [dx, dy] = [x - width / 2, y - height / 2];
  const part = Math.min((width / 2 - margin) / Math.abs(dx), (height / 2 - margin) / Math.abs(dy));
  return { x: width / 2 + dx * part, y: height / 2 + dy * part, degrees: (Math.atan2(dy, dx) * 180) / Math.PI };
}
