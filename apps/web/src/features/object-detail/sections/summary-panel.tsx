import { refKey } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useMessages } from '../../../messages/language.ts';
import { Part } from '../../../ui/part.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { useIssuesFeed } from '../../issues/issues-feed.tsx';
import type { ObjectSectionProps } from '../object-section.ts';
import { LabelsPart } from '../parts/label-list.tsx';
import { summaryOf } from '../summaries/all-summaries.ts';
import { GenericSummary } from '../summaries/generic.tsx';
import { EventLines } from './event-list.tsx';
import { involves } from './involves.ts';
import { useEventsAbout } from './use-events.ts';

const mostEvents = 5;

/** What one wants to know before one reads YAML. */
export default function SummaryPanel({ address, object, open: { known } }: ObjectSectionProps) {
  if (known === null) return null;
  return (
    <div className="flex flex-col gap-5">
      <IssuesPart objectKey={refKey(object)} />
      {summaryOf(known) ?? <GenericSummary address={address} known={known} />}
      <LatestEvents object={object} />
      <LabelsPart object={known} />
    </div>
  );
}

function IssuesPart({ objectKey }: { objectKey: string }) {
  const messages = useMessages().objectDetail;
  const { list } = useIssuesFeed();
  const related = list.filter((issue) => involves(issue, objectKey));
  if (related.length === 0) return null;
  return (
    <Part title={messages.issues(related.length)}>
      <ul className="flex flex-col gap-0.5">
        {related.map((issue) => (
          <li key={issue.id} className="flex min-h-6 items-center gap-2">
            <StatusMark state={issue.severity} compact />
            <Link to="/issues/$issueId" params={{ issueId: issue.id }} search={{}} className="min-w-0 rounded-sm hover:text-accent hover:underline">
              {issue.title}
            </Link>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function LatestEvents({ object }: Pick<ObjectSectionProps, 'object'>) {
  const messages = useMessages().objectDetail;
  const { events } = useEventsAbout([object], object.namespace);
  if (events === null || events.groups.length === 0 || object.kind === 'Event') return null;
  return (
    <Part title={events.total > mostEvents ? messages.latestEvents(mostEvents, events.total) : messages.events}>
      <EventLines groups={events.groups.slice(0, mostEvents)} withObjects={false} />
    </Part>
  );
}
