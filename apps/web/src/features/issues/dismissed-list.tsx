import { type Issue, routes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useServices } from '../../app/services.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age } from '../../ui/time.tsx';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useIssuesFeed } from './issues-feed.tsx';
import { useRestore } from './use-restore.ts';

/** The issues that were put aside; each can be taken back. */
export function DismissedList({ onBack }: { onBack(): void }) {
  const { api } = useServices();
  const scope = useClusterScope();
  const dismissed = useIssuesFeed().state?.dismissed;
  const query = useQuery({
    queryKey: ['dismissed', scope.cluster, dismissed],
    queryFn: ({ signal }) => api.call(routes.listIssues, { ...scope, dismissed: 'true' }, { signal }),
  });
  return (
    <>
      <PageHeader title="Dismissed issues">
        <Button look="quiet" onClick={onBack}>
          <ArrowLeft />
          Issues
        </Button>
      </PageHeader>
      {query.error !== null && (
        <PageInset>
          <ErrorNotice what="The dismissed issues could not be read" error={query.error} onRetry={() => query.refetch()} />
        </PageInset>
      )}
      {query.data?.length === 0 && (
        <Empty title="Nothing is dismissed.">
          <TextButton onClick={onBack}>Back to the issues</TextButton>
        </Empty>
      )}
      <ul className="min-h-0 overflow-y-auto border-t">
        {query.data?.map((issue) => (
          <DismissedIssue key={issue.id} issue={issue} />
        ))}
      </ul>
    </>
  );
}

function DismissedIssue({ issue }: { issue: Issue }) {
  const restore = useRestore();
  return (
    <li className="flex items-center gap-3 border-b px-3 py-2">
      <StatusMark state={issue.severity} compact />
      <div className="min-w-0 grow">
        <Link to="/issues/$issueId" params={{ issueId: issue.id }} search={{}} className="block truncate font-medium hover:underline">
          {issue.title}
        </Link>
        <p className="truncate text-soft text-xs">
          {[issue.namespace, `${issue.kind} ${issue.name}`].filter((part) => part !== null).join(' · ')} · <Age at={issue.detectedAt} />
        </p>
        {restore.error !== null && <p className="text-critical">{restore.error.message}</p>}
      </div>
      <Button disabled={restore.isPending} onClick={() => restore.mutate(issue.id)}>
        Restore
      </Button>
    </li>
  );
}
