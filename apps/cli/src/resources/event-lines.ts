import { ageSince } from '../output/kube-age.ts';
import { isRecord, type KubeRecord } from '../print/kube-text.ts';
import { metadataOf } from './server-table.ts';

export const eventHead = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];

/** The latest last, as kubectl events orders them. */
export function byLastSeen(events: readonly KubeRecord[]): KubeRecord[] {
  return events.toSorted((a, b) => Date.parse(lastSeen(a)) - Date.parse(lastSeen(b)));
}

export function eventCells(event: KubeRecord, now: number, namespaces: boolean): string[] {
  const about = involved(event);
  return [
    ...(namespaces ? [String(metadataOf(event).namespace ?? '')] : []),
    interval(event, now),
    String(event.type ?? ''),
    String(event.reason ?? ''),
    `${String(about.kind ?? '')}/${String(about.name ?? '')}`,
    String(event.message ?? '').trim(),
  ];
}

export function involved(event: KubeRecord): KubeRecord {
  return isRecord(event.involvedObject) ? event.involvedObject : {};
}

export function lastSeen(event: KubeRecord): string {
  const series = isRecord(event.series) ? event.series.lastObservedTime : undefined;
  return String(series ?? event.lastTimestamp ?? event.eventTime ?? metadataOf(event).creationTimestamp ?? '');
}

/** `5s`, or `5s (x3 over 10m)` for what came again. */
export function interval(event: KubeRecord, now: number): string {
  const first = ageSince(event.eventTime ?? event.firstTimestamp ?? metadataOf(event).creationTimestamp, now);
  const { count } = isRecord(event.series) ? event.series : event;
  return typeof count === 'number' && count > 1 ? `${ageSince(lastSeen(event), now)} (x${count} over ${first})` : first;
}
