import { isKind, type KubeObject, type ResourceObject } from '@quarterdeck/contract';
import { stringify } from 'yaml';

/** Bytes of each value of a Secret, where they are known. */
export type ValueLengths = Readonly<Record<string, number>>;

/** One object for people to read: without managed fields, and of a Secret the length of each value instead of the value. */
export function showObject(object: KubeObject, lengths: ValueLengths = {}): ResourceObject {
  const { managedFields: _fields, ...metadata } = object.metadata;
  const shown = { ...withoutValues(object, lengths), metadata };
  return { object: shown, yaml: stringify(shown, { lineWidth: 0 }) };
}

/** The same with who set which fields; names of fields and no values. */
export function withOwners({ object, ...shown }: ResourceObject, managedFields: unknown): ResourceObject {
  const metadata = typeof object.metadata === 'object' && object.metadata !== null ? object.metadata : {};
  const owned = managedFields === null ? object : { ...object, metadata: { ...metadata, managedFields } };
  return { ...shown, object: owned, yaml: stringify(owned, { lineWidth: 0 }) };
}

/** Our own access never hands out values; this is the last door, and it does not rely on that. */
function withoutValues(object: KubeObject, lengths: ValueLengths): object {
  if (!isKind(object, 'Secret')) return object;
  const { data, stringData, ...rest } = object;
  const keys = [...Object.keys(data ?? {}), ...Object.keys(stringData ?? {})];
  return { ...rest, data: Object.fromEntries(keys.map((key) => [key, hidden(lengths[key])])) };
}

function hidden(length: number | undefined): string {
  return length === undefined ? '<hidden>' : `<hidden, ${length} bytes>`;
}
