import type { ClusterAccess } from '@quarterdeck/cluster';
import type { CommandContext } from '../context.ts';
import { alignedColumns } from '../print/aligned-columns.ts';
import type { KubeRecord } from '../print/kube-text.ts';
import type { ObjectPrinter } from '../print/printer.ts';
import { byLastSeen, eventCells, eventHead, lastSeen } from './event-lines.ts';
import { followEvents, readEvents } from './read-events.ts';
import { metadataOf } from './server-table.ts';

export interface EventsShown {
  namespace: string | null;
  object: { kind: string; name: string } | null;
  /** Null: all. */
  types: readonly string[] | null;
  /** Milliseconds; null: all. */
  within: number | null;
  watch: boolean;
  noHeaders: boolean;
  chunkSize: number;
  /** Null: a table. */
  print: ObjectPrinter | null;
}

/** @returns the exit code */
export async function showEvents(access: Pick<ClusterAccess, 'api' | 'id'>, shown: EventsShown, context: CommandContext): Promise<number> {
  const { namespace, object, chunkSize } = shown;
  const fieldSelector = object === null ? undefined : `involvedObject.name=${object.name},involvedObject.kind=${object.kind}`;
  const choice = { namespace, fieldSelector, chunkSize };
  const isWanted = (event: KubeRecord) => isShown(event, shown, context.now());
  const events = byLastSeen((await readEvents(access, choice, context.signal)).filter(isWanted));
  if (events.length === 0 && !shown.watch) {
    if (shown.print === null) context.err.write(namespace === null ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`);
    else context.out.write(shown.print([], true));
    return 0;
  }
  tell(events, shown, context, !shown.noHeaders);
  if (!shown.watch) return 0;
  const told = new Set(events.map(versionOf));
  for await (const event of followEvents(access, choice, context.signal)) {
    if (isWanted(event) && !told.has(versionOf(event))) tell([event], shown, context, false);
  }
  return 0;
}

function isShown(event: KubeRecord, { types, within }: EventsShown, now: number): boolean {
  return (types === null || types.includes(String(event.type))) && (within === null || Date.parse(lastSeen(event)) >= now - within);
}

function tell(events: readonly KubeRecord[], { print, namespace }: EventsShown, { out, now }: CommandContext, headers: boolean): void {
  if (print !== null) {
    out.write(print(events, true));
    return;
  }
  const rows = events.map((event) => eventCells(event, now(), namespace === null));
  const head = [...(namespace === null ? ['NAMESPACE'] : []), ...eventHead];
  out.write(alignedColumns(headers ? [head, ...rows] : rows));
}

function versionOf(event: KubeRecord): string {
  const { uid, resourceVersion } = metadataOf(event);
  return `${String(uid)}/${String(resourceVersion)}`;
}
