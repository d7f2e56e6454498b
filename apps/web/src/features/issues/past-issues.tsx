import { type Issue, issueRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useServices } from '../../app/services.ts';
import { applyIssuesFrame, type IssuesState } from '../../live/issues-state.ts';
import type { DataFrame } from '../../live/live-client.ts';
import { useLive } from '../../live/use-live.ts';
import { useMessages } from '../../messages/language.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageInset } from '../../ui/page-header.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age, Moment } from '../../ui/time.tsx';
import { useClusterScope, useClusters } from '../clusters/clusters.tsx';
import { useMay } from '../session/session.tsx';
import { useIssuesFeed } from './issues-feed.tsx';
import { inNamespaces, matchesQuery } from './select-issues.ts';
import { useRestore } from './use-restore.ts';

interface PastIssuesProps {
  query: string;
  namespaces: readonly string[];
  onBack(): void;
}

/** The issues that were put aside; each can be taken back. */
export function DismissedIssues(props: PastIssuesProps) {
  const { api } = useServices();
  const scope = useClusterScope();
  const messages = useMessages().issues;
  const dismissed = useIssuesFeed().state?.dismissed;
  const mayRestore = useMay('issue.dismiss');
  const list = useQuery({
    queryKey: ['dismissed', scope.cluster, dismissed],
    queryFn: ({ signal }) => api.call(issueRoutes.listIssues, { ...scope, dismissed: 'true' }, { signal }),
  });
  return (
    <PastIssues
      {...props}
      issues={list.data}
      none={messages.nothingDismissed}
      failed={list.error === null ? null : <ErrorNotice what={messages.dismissedNotRead} error={list.error} onRetry={() => list.refetch()} />}
      about={(issue) => <Age at={issue.detectedAt} />}
      action={mayRestore ? (issue) => <Restore id={issue.id} /> : null}
    />
  );
}

function applyResolved(state: IssuesState | null, frame: DataFrame): IssuesState | null {
  return frame.type === 'issuesSnapshot' || frame.type === 'issuesDelta' ? applyIssuesFrame(state, frame) : state;
}

/** What is over, for a week, the latest first; live. */
export function ResolvedIssues(props: PastIssuesProps) {
  const messages = useMessages().issues;
  const cluster = useClusters().selected?.id;
  const request = useMemo(() => (cluster === undefined ? null : ({ type: 'subscribeIssues', cluster, state: 'resolved' } as const)), [cluster]);
  const { state, error, retry } = useLive(request, applyResolved);
  const issues = useMemo(() => (state === null ? undefined : [...state.issues.values()].toSorted(latestEndFirst)), [state]);
  return (
    <PastIssues
      {...props}
      issues={issues}
      none={messages.nothingResolved}
      failed={error === null ? null : <ErrorNotice what={messages.resolvedNotRead} error={error} onRetry={retry} />}
      about={(issue) => (issue.life === undefined ? null : <Moment at={issue.life.since} />)}
      action={null}
    />
  );
}

function latestEndFirst(a: Issue, b: Issue): number {
  return (b.life?.since ?? '').localeCompare(a.life?.since ?? '');
}

interface PastListProps extends PastIssuesProps {
  /** Undefined until they are known. */
  issues: readonly Issue[] | undefined;
  none: string;
  failed: ReactNode;
  about(issue: Issue): ReactNode;
  action: ((issue: Issue) => ReactNode) | null;
}

function PastIssues({ issues, none, failed, about, action, query, namespaces, onBack }: PastListProps) {
  const messages = useMessages().issues;
  if (failed !== null) return <PageInset>{failed}</PageInset>;
  if (issues === undefined) {
    return (
      <PageInset>
        <SkeletonLines widths={['62%', '48%', '55%', '40%']} />
      </PageInset>
    );
  }
  const shown = issues.filter((issue) => inNamespaces(issue, namespaces) && matchesQuery(issue, query));
  if (shown.length === 0) {
    return (
      <Empty title={none}>
        <TextButton onClick={onBack}>{messages.backToIssues}</TextButton>
      </Empty>
    );
  }
  return (
    <ul className="min-h-0 overflow-y-auto border-t">
      {shown.map((issue) => (
        <li key={issue.id} className="flex items-center gap-3 border-b px-3 py-2">
          <StatusMark state={issue.severity} compact />
          <div className="min-w-0 grow">
            <Link to="/issues/$issueId" params={{ issueId: issue.id }} search={{}} className="block truncate font-medium hover:underline">
              {issue.title}
            </Link>
            <p className="truncate text-soft text-xs">
              {[issue.namespace, `${issue.kind} ${issue.name}`].filter((part) => part !== null).join(' · ')} · {about(issue)}
            </p>
          </div>
          {action?.(issue)}
        </li>
      ))}
    </ul>
  );
}

function Restore({ id }: { id: string }) {
  const messages = useMessages().issues;
  const restore = useRestore();
  return (
    <>
      {restore.error !== null && <p className="text-critical">{restore.error.message}</p>}
      <Button disabled={restore.isPending} onClick={() => restore.mutate(id)}>
        {messages.restore}
      </Button>
    </>
  );
}
