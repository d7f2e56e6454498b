import { isDeepStrictEqual } from 'node:util';
import type { FieldChange, ObjectDiff } from '@quarterdeck/contract';
import { createTwoFilesPatch } from 'diff';
import { stringify } from 'yaml';

/** Lines around each difference. */
const context = 3;

/** What differs between two states of an object that were made comparable; either may be missing. */
export function objectDiff(before: unknown, after: unknown, name: string): ObjectDiff {
  const fields = isDeepStrictEqual(before, after) ? [] : [...fieldChanges(before ?? undefined, after ?? undefined, '')];
  return { fields, text: fields.length === 0 ? '' : unifiedDiff(yamlOf(before), yamlOf(after), name) };
}

function yamlOf(value: unknown): string {
  // Sorted keys: the order in which a server sends them is no difference.
  return value == null ? '' : stringify(value, { lineWidth: 0, sortMapEntries: true });
}

function unifiedDiff(before: string, after: string, name: string): string {
  return createTwoFilesPatch(`live/${name}`, `merged/${name}`, before, after, undefined, undefined, { context }).replace(/^=+\n/, '');
}

function* fieldChanges(before: unknown, after: unknown, path: string): Generator<FieldChange> {
  if (isDeepStrictEqual(before, after)) return;
  if (before === undefined) yield { path: path || '.', type: 'added', after };
  else if (after === undefined) yield { path: path || '.', type: 'removed', before };
  else if (isRecord(before) && isRecord(after)) {
    for (const key of keysOf(before, after)) yield* fieldChanges(before[key], after[key], `${path}${segment(key)}`);
  } else if (Array.isArray(before) && Array.isArray(after)) yield* itemChanges(before, after, path);
  else yield { path: path || '.', type: 'changed', before, after };
}

/** Lists whose items have names (containers, volumes, environment) are compared by name, all others by place. */
function* itemChanges(before: unknown[], after: unknown[], path: string): Generator<FieldChange> {
  const named = namesOf(before);
  const others = namesOf(after);
  if (named === null || others === null) {
    for (let i = 0; i < Math.max(before.length, after.length); i++) yield* fieldChanges(before[i], after[i], `${path}[${i}]`);
    return;
  }
  for (const name of new Set([...named.keys(), ...others.keys()])) {
    yield* fieldChanges(named.get(name), others.get(name), `${path}[name=${JSON.stringify(name)}]`);
  }
}

function namesOf(items: unknown[]): Map<string, unknown> | null {
  const named = new Map<string, unknown>();
  for (const item of items) {
    if (!isRecord(item) || typeof item.name !== 'string' || named.has(item.name)) return null;
    named.set(item.name, item);
  }
  return named;
}

function segment(key: string): string {
  return /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function keysOf(before: object, after: object): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
