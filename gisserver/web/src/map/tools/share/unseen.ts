import type { PoolLayer } from "../../pool_style";

/** What somebody without an account will miss. */
export function unseenByOthers(shown: readonly PoolLayer[]): PoolLayer[] {
  return shown.filter((layer) => !layer.is_public);
}
