import type { Drawn } from "../../pen";

/** Shapes that belong together, as “Option 2”; a shape names the one that it is in. */
export interface Group {
  readonly name: string;
  readonly is_hidden: boolean;
}

/** What is drawn. */
export interface Drawing {
  readonly features: readonly Drawn[];
  readonly groups: readonly Group[];
}

/** As many, and as long a name, as the service takes. */
export const MOST_GROUPS = 50;
export const LONGEST_NAME = 60;
/** What the property of a shape says that is in none. */
export const NO_GROUP = "";

export function groupOf({ properties }: Drawn): string {
  return String(properties["group"] ?? NO_GROUP);
}

export function inGroup({ properties: { group: _, ...more }, ...shape }: Drawn, name: string): Drawn {
  return { ...shape, properties: name === NO_GROUP ? more : { ...more, group: name } };
}

/** Those that no hidden group holds back. */
export function seenOf({ features, groups }: Drawing): Drawn[] {
  const hidden = new Set(groups.filter(({ is_hidden }) => is_hidden).map(({ name }) => name));
  return features.filter((shape) => !hidden.has(groupOf(shape)));
}

export function membersOf({ features }: Drawing, name: string): Drawn[] {
  return features.filter((shape) => groupOf(shape) === name);
}

/** Each shape is in a group that is there, or, where there are more than may be, in none. */
export function tidied({ features, groups }: Drawing): Drawing {
  const names = new Set([...groups.map(({ name }) => name), ...features.map(groupOf)]);
  names.delete(NO_GROUP);
  const kept = [...names].slice(0, MOST_GROUPS);
  const known = new Map(groups.map((group) => [group.name, group]));
  return {
    features: features.map((shape) => (groupOf(shape) === NO_GROUP || kept.includes(groupOf(shape)) ? shape : inGroup(shape, NO_GROUP))),
    groups: kept.map((name) => known.get(name) ?? { name, is_hidden: false }),
  };
}

export function withGroup({ features, groups }: Drawing, name: string): Drawing {
  return { features, groups: [...groups, { name, is_hidden: false }] };
}

export function renamed({ features, groups }: Drawing, name: string, next: string): Drawing {
  return {
    features: features.map((shape) => (groupOf(shape) === name ? inGroup(shape, next) : shape)),
    groups: groups.map((group) => (group.name === name ? { ...group, name: next } : group)),
  };
}

export function setHidden({ features, groups }: Drawing, name: string, isHidden: boolean): Drawing {
  return { features, groups: groups.map((group) => (group.name === name ? { ...group, is_hidden: isHidden } : group)) };
}

export function moved({ features, groups }: Drawing, shapes: ReadonlySet<Drawn>, name: string): Drawing {
  return { features: features.map((shape) => (shapes.has(shape) ? inGroup(shape, name) : shape)), groups };
}

/** The shapes stay, in no group. */
export function dissolved({ features, groups }: Drawing, name: string): Drawing {
  return {
    features: features.map((shape) => (groupOf(shape) === name ? inGroup(shape, NO_GROUP) : shape)),
    groups: groups.filter((group) => group.name !== name),
  };
}

/** With its shapes. */
export function deleted({ features, groups }: Drawing, name: string): Drawing {
  return { features: features.filter((shape) => groupOf(shape) !== name), groups: groups.filter((group) => group.name !== name) };
}

/** What the pen has now, in the place of what it was given; what it was never given stays, and what is new goes into that group. */
export function drawnOver({ features, groups }: Drawing, pen: readonly Drawn[], into: string): Drawing {
  const now = new Map(pen.map((shape) => [shape.id, shape]));
  const isOutside = new Set(groups.filter(({ is_hidden }) => is_hidden).map(({ name }) => name));
  const kept = features.flatMap((shape) => {
    if (shape.id === undefined || isOutside.has(groupOf(shape))) return [shape];
    const changed = now.get(shape.id);
    now.delete(shape.id);
    return changed === undefined ? [] : [inGroup(changed, groupOf(shape))];
  });
  return { features: [...kept, ...[...now.values()].map((shape) => inGroup(shape, into))], groups };
}

export type NameProblem = "empty" | "long" | "twice" | "many";

/** Blanks at the ends and in a row are nobody's wish. */
export function oneLine(name: string): string {
  return name.trim().replace(/\s+/g, " ");
}

/** Why a group may not be called so; capitals make no other name. */
export function problemWith(name: string, others: readonly Group[], language: string): NameProblem | null {
  const said = oneLine(name);
  if (said === "") return "empty";
  if (said.length > LONGEST_NAME) return "long";
  const { compare } = new Intl.Collator(language, { sensitivity: "accent" });
  if (others.some((other) => compare(other.name, said) === 0)) return "twice";
  return others.length < MOST_GROUPS ? null : "many";
}
