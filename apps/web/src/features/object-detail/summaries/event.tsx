import type { KindTypes, ObjectRef } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Age } from '../../../ui/time.tsx';
import { ObjectChip } from '../../objects/object-chip.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

type Event = KindTypes['Event'];

function EventSummary({ object: event }: SummaryProps<Event>) {
  const messages = useMessages().objectSummary;
  const first = event.firstTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp;
  const last = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime;
  const related = refOfReference(event.related);
  const about = refOfReference(event.involvedObject);
  return (
    <Facts>
      <Fact label={messages.reason}>
        <StatusMark state={event.type === 'Warning' ? 'medium' : 'healthy'} text={event.reason ?? ''} />
      </Fact>
      <Fact label={messages.about}>{about !== null && <ObjectChip object={about} />}</Fact>
      <Fact label={messages.message}>{event.message}</Fact>
      <Fact label={messages.count}>{event.series?.count ?? event.count ?? 1}</Fact>
      <Fact label={messages.firstSeen}>{first !== undefined && first !== null && <Age at={first} />}</Fact>
      <Fact label={messages.lastSeen}>{last !== undefined && last !== null && <Age at={last} />}</Fact>
      <Fact label={messages.toldBy}>{event.reportingComponent || event.source?.component}</Fact>
      <Fact label={messages.related}>{related !== null && <ObjectChip object={related} />}</Fact>
    </Facts>
  );
}

function refOfReference(reference: Event['related']): ObjectRef | null {
  if (reference?.kind === undefined || reference.name === undefined) return null;
  return { apiVersion: reference.apiVersion ?? 'v1', kind: reference.kind, namespace: reference.namespace || null, name: reference.name };
}

export const eventSummary = defineSummary('Event', EventSummary);
