import { useState } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { Empty } from '../../../ui/empty.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Tick } from '../../../ui/field.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import type { ObjectSectionProps } from '../object-section.ts';
import { useRelations } from '../relations/use-relations.ts';
import { EventLines } from './event-list.tsx';
import { useEventsAbout } from './use-events.ts';

/** What the cluster told of the object and, where one asks for it, of all that it owns. */
export default function EventsPanel({ object }: ObjectSectionProps) {
  const messages = useMessages().objectDetail;
  const [withOwned, setWithOwned] = useState(false);
  const owned = useRelations(object).relations?.owned ?? [];
  const { events, error, retry } = useEventsAbout(withOwned ? [object, ...owned.map((each) => each.object)] : [object], object.namespace);
  return (
    <div className="flex flex-col gap-3">
      {owned.length > 0 && <Tick label={messages.ofOwned(owned.length)} checked={withOwned} onChange={(change) => setWithOwned(change.target.checked)} />}
      {error !== null && <ErrorNotice what={messages.eventsNotRead} error={error} onRetry={retry} />}
      {events === null && error === null && <SkeletonLines widths={['80%', '65%', '72%', '58%']} />}
      {events !== null && events.groups.length === 0 && <Empty title={messages.noEvents}>{messages.eventsNote}</Empty>}
      {events !== null && events.groups.length > 0 && <EventLines groups={events.groups} withObjects={withOwned} />}
      {events !== null && events.total > events.groups.length && <p className="text-soft text-xs">{messages.latestOf(events.groups.length, events.total)}</p>}
    </div>
  );
}
