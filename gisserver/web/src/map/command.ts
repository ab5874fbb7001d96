import type { Desk, Title } from "./desk";

/** The headings under which commands are listed. */
export const GROUPS = ["map", "ask", "draw", "compare", "work"] as const;
export type Group = (typeof GROUPS)[number];

/** Something that can be done on the map page. The folder `commands` is the list that palette, keys and toolbar read. */
export interface Command {
  readonly id: string;
  readonly title: Title;
  readonly group: Group;
  /** The key alone, or with `Ctrl+` before it, which on a Mac is the command key. */
  readonly key?: string;
  /** Its place in the toolbar; without one it is not there. */
  readonly place?: number;
  /** A sign for the toolbar, as the path of a 24 × 24 drawing. */
  readonly sign?: string;
  /** True while what it opens is open. */
  isOn?(desk: Desk): boolean;
  run(desk: Desk): void | Promise<void>;
}

const found = import.meta.glob<{ readonly COMMAND: Command }>("./commands/*.ts", { eager: true });

export const COMMANDS: readonly Command[] = Object.keys(found)
  .sort()
  .map((path) => found[path]!.COMMAND);
