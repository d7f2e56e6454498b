import type { ResourceKind } from '@quarterdeck/contract';
import * as z from 'zod';
import { involvedIn, type Sight } from './sight.ts';

const text = z.string().nullish();
const objectSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: text }),
  involvedObject: z.looseObject({ apiVersion: text, kind: text, namespace: text, name: text }).optional(),
  regarding: z.looseObject({ apiVersion: text, kind: text, namespace: text, name: text }).optional(),
});
const listSchema = z.looseObject({ metadata: z.looseObject({}).optional(), items: z.array(z.unknown()) });
const tableSchema = z.looseObject({ metadata: z.looseObject({}).optional(), rows: z.array(z.looseObject({ object: z.unknown() })) });
const watchSchema = z.looseObject({ type: z.string(), object: z.unknown() });

/** A list, a table or one object without what is hidden; null where nothing of it may be seen. What has none of these forms is hidden. */
export function filteredAnswer(sight: Sight, kind: ResourceKind, answer: unknown): unknown {
  const list = listSchema.safeParse(answer);
  if (list.success) return { ...list.data, metadata: uncounted(list.data.metadata), items: list.data.items.filter((item) => isSeen(sight, kind, item)) };
  const table = tableSchema.safeParse(answer);
  if (table.success)
    return { ...table.data, metadata: uncounted(table.data.metadata), rows: table.data.rows.filter(({ object }) => isSeen(sight, kind, object)) };
  return isSeen(sight, kind, answer) ? answer : null;
}

/** One line of a watch; null for one that tells of something hidden. Bookmarks and errors tell of nothing. */
export function filteredLine(sight: Sight, kind: ResourceKind, line: string): string | null {
  const event = watchSchema.safeParse(jsonOf(line));
  if (!event.success) return null;
  const tells = !['BOOKMARK', 'ERROR'].includes(event.data.type);
  return !tells || isSeenWhole(sight, kind, event.data.object) ? line : null;
}

/** A server that prints tells of an object as a table of one row. */
function isSeenWhole(sight: Sight, kind: ResourceKind, object: unknown): boolean {
  const table = tableSchema.safeParse(object);
  return table.success ? table.data.rows.every((row) => isSeen(sight, kind, row.object)) : isSeen(sight, kind, object);
}

function isSeen(sight: Sight, { apiVersion, kind, namespaced }: ResourceKind, raw: unknown): boolean {
  const object = objectSchema.safeParse(raw);
  if (!object.success) return false;
  const { metadata, involvedObject, regarding } = object.data;
  const namespace = namespaced ? (metadata.namespace ?? '') : null;
  if (kind !== 'Event') return sight.sees({ apiVersion, kind, namespace, name: metadata.name });
  const about = involvedObject ?? regarding ?? {};
  return sight.seesEvent(namespace ?? '', involvedIn(about));
}

/** How many more there are counts what is hidden too. */
function uncounted(metadata: object = {}): object {
  return { ...metadata, remainingItemCount: undefined };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
