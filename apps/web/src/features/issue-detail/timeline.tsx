import { type IssueDetail, refKey, type TimelineEntry } from '@quarterdeck/contract';
import { Activity, CircleDot, type LucideIcon, Pencil } from 'lucide-react';
import { Fragment, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { Clock } from '../../ui/time.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { FieldChanges } from './field-changes.tsx';
import { onsetIn, type TimelineSource, timelineSources, timelineWindow } from './timeline-parts.ts';

interface TimelineProps {
  issue: Pick<IssueDetail, 'timeline' | 'detectedAt'>;
  /** The one kind that is shown; all of them where it is left out. */
  only: TimelineSource | undefined;
  onOnly(source: TimelineSource | undefined): void;
}

/** What happened to the objects of an issue, oldest first, with the moment marked at which it broke. */
export function Timeline({ issue, only, onOnly }: TimelineProps) {
  const messages = useMessages().issueDetail;
  const [wider, setWider] = useState({ earlier: false, later: false });
  const entries = issue.timeline.filter(({ source }) => only === undefined || source === only);
  const { from, to } = timelineWindow(entries, issue.detectedAt, wider);
  const shown = entries.slice(from, to);
  const onset = onsetIn(shown, issue.detectedAt);
  return (
    <>
      <fieldset className="mb-2 flex flex-wrap gap-1">
        <legend className="sr-only">{messages.timelineShows}</legend>
        {timelineSources.map((source) => (
          <Button
            key={source}
            look="quiet"
            aria-pressed={only === source}
            className={only === source ? 'bg-selected' : ''}
            onClick={() => onOnly(only === source ? undefined : source)}
          >
            <SourceIcon source={source} />
            {messages[source]} <span className="text-soft">{issue.timeline.filter((entry) => entry.source === source).length}</span>
          </Button>
        ))}
      </fieldset>
      {from > 0 && <TextButton onClick={() => setWider({ ...wider, earlier: true })}>{messages.earlier(from)}</TextButton>}
      {entries.length === 0 && <p className="text-soft">{messages.noTimeline}</p>}
      <ol className="flex flex-col">
        {shown.map((entry, index) => (
          <Fragment key={`${entry.at} ${entry.source} ${refKey(entry.object)} ${entry.what}`}>
            {index === onset && <Onset at={issue.detectedAt} />}
            <Entry entry={entry} />
          </Fragment>
        ))}
        {onset === shown.length && shown.length > 0 && <Onset at={issue.detectedAt} />}
      </ol>
      {to < entries.length && <TextButton onClick={() => setWider({ ...wider, later: true })}>{messages.later(entries.length - to)}</TextButton>}
    </>
  );
}

const icons: Record<TimelineSource, LucideIcon> = { change: Pencil, event: Activity, state: CircleDot };

function SourceIcon({ source }: { source: TimelineSource }) {
  const Icon = icons[source];
  return <Icon className="size-3.5 shrink-0 text-soft" aria-hidden="true" />;
}

const line = 'grid grid-cols-[auto_1rem_minmax(0,1fr)] gap-x-2 py-1';

function Onset({ at }: { at: string }) {
  const messages = useMessages().issueDetail;
  return (
    <li className={`${line} text-critical`}>
      <Clock at={at} />
      <span aria-hidden="true" className="pt-1.5">
        <span className="block size-2 rounded-full bg-current" />
      </span>
      <span className="flex items-center gap-2 font-medium">
        {messages.firstSymptom}
        <span aria-hidden="true" className="h-px grow bg-current opacity-50" />
      </span>
    </li>
  );
}

function Entry({ entry: { at, source, object, what, by, count, fields } }: { entry: TimelineEntry }) {
  const messages = useMessages().issueDetail;
  return (
    <li className={line}>
      <span className="text-soft">
        <Clock at={at} />
      </span>
      <span className="pt-0.5">
        <SourceIcon source={source} />
      </span>
      <div className="min-w-0">
        <span className="break-words">{what}</span>
        {count > 1 && <span className="text-soft"> ×{count}</span>} <ObjectChip object={object} />
        {by !== null && <span className="text-soft text-xs"> {messages.by(by)}</span>}
        <FieldChanges fields={fields} />
      </div>
    </li>
  );
}
