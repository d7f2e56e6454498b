import type { KindTypes } from '../objects/kube-object.ts';
import { column, nameColumn, namespaceColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import type { Health } from './kind-descriptor.ts';

type Event = KindTypes['Event'];

/** Newer components write series and eventTime, older ones the deprecated timestamps. */
function lastSeen(object: Event): string | undefined {
  return object.series?.lastObservedTime ?? object.lastTimestamp ?? object.eventTime ?? object.metadata.creationTimestamp;
}

function firstSeen(object: Event): string | undefined {
  return object.firstTimestamp ?? object.eventTime ?? object.metadata.creationTimestamp;
}

function health(object: Event): Health {
  return { state: object.type === 'Warning' ? 'medium' : 'healthy', text: object.reason ?? '' };
}

export const event = defineKind('Event', {
  sort: '-lastSeen',
  columns: [
    column('lastSeen', 'Last seen', 'time', lastSeen),
    column('type', 'Type', 'status', (object) => object.type),
    column('reason', 'Reason', 'text', (object) => object.reason),
    namespaceColumn,
    column('object', 'Object', 'text', ({ involvedObject }) => `${involvedObject.kind ?? ''}/${involvedObject.name ?? ''}`),
    column('message', 'Message', 'text', (object) => object.message),
    column('count', 'Count', 'number', (object) => object.series?.count ?? object.count ?? 1),
    column('source', 'Source', 'text', (object) => object.reportingComponent || object.source?.component),
    column('firstSeen', 'First seen', 'time', firstSeen),
    nameColumn,
  ],
  health,
});
