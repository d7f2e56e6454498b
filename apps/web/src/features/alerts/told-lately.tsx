import type { Alert } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Moment } from '../../ui/time.tsx';
import { useAlertFeed, useOpenAlert } from './alert-feed.tsx';

/** What rules have told, the latest first; live. */
export function ToldLately() {
  const messages = useMessages().alerts;
  const { state, error, retry } = useAlertFeed();
  return (
    <section aria-labelledby="lately-title">
      <h2 id="lately-title" className="mb-2 font-semibold text-md">
        {messages.lately}
      </h2>
      {error !== null && <ErrorNotice what={messages.latelyNotRead} error={error} onRetry={retry} />}
      {state === null && error === null && <SkeletonLines widths={['60%', '48%', '54%']} />}
      {state?.alerts.length === 0 && <p className="text-soft">{messages.nothingTold}</p>}
      <ol className="flex flex-col">
        {state?.alerts.map((alert) => (
          <Told key={alert.id} alert={alert} />
        ))}
      </ol>
    </section>
  );
}

function Told({ alert }: { alert: Alert }) {
  const messages = useMessages().alerts;
  const open = useOpenAlert();
  return (
    <li className="flex gap-3 border-line/60 border-b py-2">
      <StatusMark state={alert.severity ?? 'unknown'} compact />
      <div className="min-w-0 grow">
        <p className="break-words font-medium">{alert.title}</p>
        <p className="break-words text-soft">{alert.text}</p>
        <p className="flex flex-wrap gap-x-3 text-soft text-xs">
          <Moment at={alert.at} />
          <span>{messages.byRule(alert.rule.name)}</span>
          <span>{messages.inCluster(alert.cluster)}</span>
        </p>
      </div>
      {(alert.issueId !== null || alert.object !== null) && (
        <TextButton className="self-start" onClick={() => open(alert)}>
          {messages.open}
        </TextButton>
      )}
    </li>
  );
}
