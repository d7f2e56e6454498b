import type { IssueDetail } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age, Clock, Moment } from '../../ui/time.tsx';
import { ConfidenceMark } from '../issues/confidence-mark.tsx';
import { useRestore } from '../issues/use-restore.ts';
import { AffectedList } from './affected-list.tsx';

/** The sentence: what is wrong and why, before everything else. */
export function IssueHeading({ issue }: { issue: IssueDetail }) {
  const messages = useMessages().issueDetail;
  const { life } = issue;
  return (
    <header>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-soft">
        <StatusMark state={issue.severity} />
        <span>
          {messages.since} <Age at={issue.detectedAt} />
        </span>
        <span>{issue.namespace ?? messages.wholeCluster}</span>
        {issue.affected.length > 0 && <AffectedList affected={issue.affected} namespace={issue.namespace} />}
        <ConfidenceMark confidence={issue.confidence} />
        {life !== undefined && life.recurrences > 0 && (
          <span>
            {messages.cameBack(life.recurrences)}, {messages.firstSeen} <Moment at={life.firstSeenAt} />
          </span>
        )}
      </p>
      <h1 className="mt-2 max-w-4xl break-words font-semibold text-lg">{issue.title}</h1>
      {issue.explanation !== issue.title && <p className="mt-1 max-w-4xl break-words text-md">{issue.explanation}</p>}
      {issue.dismissed !== null && <Dismissed issueId={issue.id} dismissed={issue.dismissed} />}
    </header>
  );
}

function Dismissed({ issueId, dismissed }: { issueId: string; dismissed: NonNullable<IssueDetail['dismissed']> }) {
  const messages = useMessages().issueDetail;
  const restore = useRestore();
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3 rounded border border-line bg-sunken px-3 py-2">
      <p className="min-w-0 grow">
        {messages.dismissedBy(dismissed.by)} <Clock at={dismissed.at} />
        {dismissed.reason === '' ? '.' : `: ${dismissed.reason}`}
      </p>
      {restore.error !== null && <p className="text-critical">{restore.error.message}</p>}
      <Button disabled={restore.isPending} onClick={() => restore.mutate(issueId)}>
        {messages.restore}
      </Button>
    </div>
  );
}

export function Breadcrumb({ issue }: { issue: IssueDetail | undefined }) {
  const messages = useMessages().issueDetail;
  return (
    <nav aria-label={messages.where} className="flex min-w-0 grow items-center gap-1.5 text-soft">
      <Link to="/issues" search={{}} className="rounded-sm hover:text-ink hover:underline">
        {messages.issues}
      </Link>
      {issue !== undefined && (
        <>
          <span aria-hidden="true">/</span>
          <span className="min-w-0 truncate">{[issue.namespace, `${issue.kind} ${issue.name}`].filter((part) => part !== null).join(' · ')}</span>
        </>
      )}
    </nav>
  );
}
