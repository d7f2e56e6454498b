import type { Path } from '../schema/schema-walk.ts';
import { isRecord } from '../schema/yaml-documents.ts';

/** A place that both sides changed, each in another way. `undefined`: the side took it away, or it was not there. */
export interface MergeConflict {
  path: Path;
  base: unknown;
  theirs: unknown;
  mine: unknown;
}

export interface Merge {
  /** With what both did; at a conflict, mine. */
  merged: unknown;
  conflicts: readonly MergeConflict[];
  /** What the others changed and I did not. */
  taken: readonly Path[];
}

/** How the items of the list at a place are told apart; null where the list is one value. */
export type KeysOf = (path: Path, items: readonly unknown[]) => readonly string[] | null;

const nowhere: Merge = { merged: undefined, conflicts: [], taken: [] };

/** Three ways: what the others and I made of what both began with. Pure. */
export function mergeObjects(base: unknown, theirs: unknown, mine: unknown, keysOf: KeysOf, path: Path = []): Merge {
  if (same(theirs, mine) || same(base, theirs)) return { ...nowhere, merged: mine };
  if (isRecord(theirs) && isRecord(mine) && (isRecord(base) || base === undefined)) return mergeFields(base ?? {}, theirs, mine, keysOf, path);
  if (same(base, mine)) return { ...nowhere, merged: theirs, taken: [path] };
  if (Array.isArray(theirs) && Array.isArray(mine) && Array.isArray(base)) {
    const keys = keysOf(path, [...base, ...theirs, ...mine]);
    if (keys !== null) return mergeItems({ base, theirs, mine }, keys, keysOf, path);
  }
  return { ...nowhere, merged: mine, conflicts: [{ path, base, theirs, mine }] };
}

function mergeFields(base: Record<string, unknown>, theirs: Record<string, unknown>, mine: Record<string, unknown>, keysOf: KeysOf, path: Path): Merge {
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs), ...Object.keys(base)])];
  const parts = names.map((name) => ({ name, part: mergeObjects(base[name], theirs[name], mine[name], keysOf, [...path, name]) }));
  const merged = Object.fromEntries(parts.filter(({ part }) => part.merged !== undefined).map(({ name, part }) => [name, part.merged]));
  return { merged, conflicts: parts.flatMap(({ part }) => part.conflicts), taken: parts.flatMap(({ part }) => part.taken) };
}

type Sides = Record<'base' | 'theirs' | 'mine', readonly unknown[]>;

/** Items in my order, what the others added after them. */
function mergeItems({ base, theirs, mine }: Sides, keys: readonly string[], keysOf: KeysOf, path: Path): Merge {
  const index = (items: readonly unknown[]) => new Map(items.map((item) => [keyOf(item, keys), item]));
  const sides = { base: index(base), theirs: index(theirs), mine: index(mine) };
  const order = [...new Set([...sides.mine.keys(), ...sides.theirs.keys(), ...sides.base.keys()])];
  const parts = order.map((key) => {
    const at = [...sides.mine.keys()].indexOf(key);
    return mergeObjects(sides.base.get(key), sides.theirs.get(key), sides.mine.get(key), keysOf, [...path, at < 0 ? mine.length : at]);
  });
  return {
    merged: parts.map(({ merged }) => merged).filter((item) => item !== undefined),
    conflicts: parts.flatMap(({ conflicts }) => conflicts),
    taken: parts.flatMap(({ taken }) => taken),
  };
}

function keyOf(item: unknown, keys: readonly string[]): string {
  return JSON.stringify(keys.map((key) => (isRecord(item) ? (item[key] ?? null) : null)));
}

const usualKeys: readonly (readonly string[])[] = [['name'], ['key'], ['containerPort', 'protocol'], ['port', 'protocol'], ['mountPath'], ['type'], ['ip']];

/** Without a schema: the first usual key that all items have, each its own. */
export const keysByCustom: KeysOf = (_path, items) => {
  if (items.length === 0 || !items.every(isRecord)) return null;
  return usualKeys.find(([first]) => first !== undefined && items.every((item) => isRecord(item) && item[first] !== undefined)) ?? null;
};

/** What one decided at each conflict, put into what was merged; an undecided one stays mine. */
export function withChoices({ merged, conflicts }: Merge, choices: ReadonlyMap<MergeConflict, 'theirs' | 'mine'>): unknown {
  return conflicts
    .filter((conflict) => choices.get(conflict) === 'theirs')
    .reduceRight<unknown>((object, { path, theirs }) => withValue(object, path, theirs), merged);
}

export function withValue(object: unknown, path: Path, value: unknown): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined) return value;
  if (Array.isArray(object)) {
    const index = Number(segment);
    const next = withValue(object[index], rest, value);
    return next === undefined ? object.filter((_, at) => at !== index) : object.toSpliced(index, 1, next);
  }
  const record = isRecord(object) ? object : {};
  const next = withValue(record[segment], rest, value);
  if (next !== undefined) return { ...record, [segment]: next };
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== String(segment)));
}

/** Equal whatever the order of the fields. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, index) => same(item, other[index]));
  if (!isRecord(one) || !isRecord(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => name in other && same(one[name], other[name]));
}
