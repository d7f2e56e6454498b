import { groupOf, type KubeObject } from '@quarterdeck/contract';

export const masked = '***';

/** What stands for a value in objects that people see and may send back. */
const placeholder = /^(<hidden(, \d+ bytes)?>|\*\*\*( \((before|after)\))?)$/;

export function isSecret({ apiVersion, kind }: { apiVersion: unknown; kind: unknown }): boolean {
  return kind === 'Secret' && typeof apiVersion === 'string' && groupOf(apiVersion) === '';
}

export function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && placeholder.test(value);
}

/** Values by key, `stringData` as the server would store it. */
export function secretValues(object: object): Map<string, string> {
  const { data, stringData } = { data: null, stringData: null, ...object };
  const encoded = entriesOf(stringData).map(([key, value]): [string, string] => [key, Buffer.from(value, 'utf8').toString('base64')]);
  return new Map([...entriesOf(data), ...encoded]);
}

function entriesOf(values: unknown): [string, string][] {
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).map(([key, value]) => [key, String(value ?? '')]);
}

/**
 * Two states of a Secret without any value, so that they still differ exactly where the values do. Nothing about a
 * value is told but whether it is the same on both sides.
 */
export function maskedPair(before: KubeObject | null, after: KubeObject | null): [KubeObject | null, KubeObject | null] {
  const old = before === null ? new Map<string, string>() : secretValues(before);
  const now = after === null ? new Map<string, string>() : secretValues(after);
  const changed = (key: string) => old.has(key) && now.has(key) && old.get(key) !== now.get(key);
  return [
    before === null ? null : withMasks(before, old, (key) => (changed(key) ? `${masked} (before)` : masked)),
    after === null ? null : withMasks(after, now, (key) => (changed(key) ? `${masked} (after)` : masked)),
  ];
}

function withMasks(object: KubeObject, values: Map<string, string>, maskOf: (key: string) => string): KubeObject {
  const rest = Object.fromEntries(Object.entries(object).filter(([field]) => field !== 'data' && field !== 'stringData'));
  const data = values.size === 0 ? {} : { data: Object.fromEntries([...values.keys()].map((key) => [key, maskOf(key)])) };
  return { ...rest, ...data, apiVersion: object.apiVersion, kind: object.kind, metadata: object.metadata };
}
