import { refKey } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Clock } from '../../ui/time.tsx';
import { FieldChanges } from '../issue-detail/field-changes.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { useRecentChanges } from './use-overview.ts';

const few = 7;
const many = 200;

/** Who changed what in the last hour, in the whole cluster or in the namespace that is chosen. */
export function ChangesPart() {
  const messages = useMessages().overview;
  const [all, setAll] = useState(false);
  const { data, error, refetch } = useRecentChanges(all ? many : few);
  const more = data !== undefined && data.total > few && (
    <TextButton onClick={() => setAll(!all)}>{all ? messages.fewerChanges : messages.allChanges(data.total)}</TextButton>
  );
  return (
    <Section title={messages.changes} actions={more}>
      {data === undefined && error === null && <SkeletonLines widths={['82%', '74%', '90%', '66%']} />}
      {data === undefined && error !== null && <ErrorNotice what={messages.changesNotRead} error={error} onRetry={() => refetch()} />}
      {data?.total === 0 && <p className="text-soft">{messages.noChanges}</p>}
      <ol className="flex flex-col gap-1.5">
        {data?.changes.map(({ at, object, by, what, fields }) => (
          <li key={`${at} ${refKey(object)} ${what} ${by}`} className="flex gap-3">
            <span className="shrink-0 text-soft">
              <Clock at={at} />
            </span>
            <div className="min-w-0">
              <ObjectChip object={object} withNamespace />
              <p className="break-words text-soft text-xs">
                {by === 'unknown' ? messages.somebody : by}: {what}
              </p>
              <FieldChanges fields={fields.filter(({ from, to }) => from !== null || to !== null)} />
            </div>
          </li>
        ))}
      </ol>
      {all && data !== undefined && data.total > data.changes.length && (
        <p className="mt-2 text-soft">{messages.moreLeftOut(data.total - data.changes.length)}</p>
      )}
    </Section>
  );
}
