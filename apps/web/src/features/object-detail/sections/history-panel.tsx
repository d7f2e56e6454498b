import type { Act, TimelineEntry, ValueChange } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { Empty } from '../../../ui/empty.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Age } from '../../../ui/time.tsx';
import { DiffView } from '../../actions/diff-view.tsx';
import { actionText, endOf } from '../../audit/act-words.ts';
import type { ObjectSectionProps } from '../object-section.ts';
import { useHistory } from './use-history.ts';

/** Who changed the object, what was done to it, and when its states became others; the latest first. */
export default function HistoryPanel({ object, open }: ObjectSectionProps) {
  const messages = useMessages().objectDetail;
  const { entries, acts, mayReadActs, error, retry } = useHistory(object, open.known?.metadata.resourceVersion ?? '');
  if (error !== null) return <ErrorNotice what={messages.historyNotRead} error={error} onRetry={retry} />;
  if (entries === null || (mayReadActs && acts === null)) return <SkeletonLines widths={['70%', '55%', '64%']} />;
  const steps = [
    ...entries.map((entry) => ({ at: entry.at, key: `${entry.at} ${entry.source} ${entry.what}`, line: <EntryLine entry={entry} /> })),
    ...(acts ?? []).map((act) => ({ at: act.at, key: act.act, line: <ActLine act={act} /> })),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <div className="flex flex-col gap-3">
      {steps.length === 0 && <Empty title={messages.noHistory}>{messages.noHistoryNote}</Empty>}
      <ol className="flex flex-col divide-y divide-line/60">
        {steps.map(({ at, key, line }) => (
          <li key={key} className="grid grid-cols-[3.5rem_minmax(0,1fr)] items-baseline gap-x-3 py-1.5">
            <span className="text-right text-soft text-xs">
              <Age at={at} />
            </span>
            <div className="min-w-0">{line}</div>
          </li>
        ))}
      </ol>
      <p className="text-soft text-xs">{mayReadActs ? messages.historyNote : messages.mayNotReadActs}</p>
    </div>
  );
}

function EntryLine({ entry: { source, what, by, fields } }: { entry: TimelineEntry }) {
  const messages = useMessages().objectDetail;
  const known = fields.filter(({ from, to }) => from !== null || to !== null);
  return (
    <>
      <p className="break-words">
        <span className={source === 'change' ? 'font-medium' : ''}>{what}</span>
        {by !== null && <span className="text-soft text-xs"> {messages.by(by)}</span>}
      </p>
      {known.length > 0 && (
        <ul className="mt-0.5 flex flex-col gap-0.5">
          {known.map((field) => (
            <FieldChange key={field.path} field={field} />
          ))}
        </ul>
      )}
    </>
  );
}

function FieldChange({ field: { path, from, to } }: { field: ValueChange }) {
  return (
    <li className="break-all font-mono text-code">
      <span className="text-soft">{path}</span>
      {from !== null && <span className="text-critical"> − {from}</span>}
      {to !== null && <span className="text-healthy"> + {to}</span>}
    </li>
  );
}

/** What was done through the workbench; the difference that it made is there on demand. */
function ActLine({ act }: { act: Act }) {
  const { audit, objectDetail: messages } = useMessages();
  const diff = act.result?.diff ?? null;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{actionText(act.action)}</span>
        <StatusMark {...endOf(act, audit.ends)} />
        <span className="text-soft text-xs">{messages.actBy(act.actor.id, act.via)}</span>
      </p>
      {act.result?.error != null && <p className="break-words text-soft">{act.result.error.message}</p>}
      {diff !== null && diff !== '' && (
        <details className="mt-1">
          <summary className="cursor-pointer text-accent text-xs">{messages.whatChanged}</summary>
          <div className="mt-1">
            <DiffView diff={diff} label={messages.copyDiff} />
          </div>
        </details>
      )}
    </>
  );
}
