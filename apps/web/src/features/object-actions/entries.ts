import * as z from 'zod';

export type EntryKind = 'label' | 'annotate';

const mapSchema = z.record(z.string(), z.string()).default({});
const metadataSchema = z.object({ metadata: z.object({ labels: mapSchema, annotations: mapSchema }) });

/** Written by kubectl for itself; nobody sets it by hand. */
const byKubectl = 'kubectl.kubernetes.io/last-applied-configuration';

/** The entries that several objects have, by key; null where their values differ or not all have it. */
export function commonEntries(objects: readonly Readonly<Record<string, unknown>>[], kind: EntryKind): ReadonlyMap<string, string | null> {
  const each = objects.map((object) => {
    const metadata = metadataSchema.safeParse(object).data?.metadata;
    return (kind === 'label' ? metadata?.labels : metadata?.annotations) ?? {};
  });
  const keys = [...new Set(each.flatMap((entries) => Object.keys(entries)))].filter((key) => key !== byKubectl).sort();
  return new Map(
    keys.map((key) => {
      const value = each[0]?.[key];
      return [key, value !== undefined && each.every((entries) => entries[key] === value) ? value : null];
    }),
  );
}

/** What the form holds: changed values and removals of what is there, and what is new. */
export interface EntryEdits {
  /** Null for a key that is to go. */
  changed: ReadonlyMap<string, string | null>;
  added: readonly { id: string; key: string; value: string }[];
}

/** What is to be sent: only what differs. */
export function entriesOf({ changed, added }: EntryEdits, now: ReadonlyMap<string, string | null>): Record<string, string | null> {
  const kept = [...changed].filter(([key, value]) => value === null || value !== now.get(key));
  return Object.fromEntries([...kept, ...added.filter(({ key }) => key !== '').map(({ key, value }) => [key, value] as const)]);
}

const nameOf = /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;
const prefixOf = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** As the API server checks it: an optional DNS prefix, then a name. */
export function isKey(key: string): boolean {
  const [prefix, name, ...more] = key.includes('/') ? key.split('/') : [null, key];
  return more.length === 0 && name !== undefined && nameOf.test(name) && (prefix == null || prefixOf.test(prefix));
}

/** Annotations take any text. */
export function isValue(kind: EntryKind, value: string): boolean {
  return kind === 'annotate' || value === '' || nameOf.test(value);
}
