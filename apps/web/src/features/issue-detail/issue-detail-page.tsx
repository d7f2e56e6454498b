import { toAppError } from '@quarterdeck/contract';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Clock } from '../../ui/time.tsx';
import { useMay } from '../session/session.tsx';
import { IssueActions } from './issue-actions.tsx';
import { IssuePage, IssueToolbar, IssueView } from './issue-view.tsx';
import { type KnownIssue, useIssue } from './use-issue.ts';

const route = getRouteApi('/cluster/issues/$issueId');

export function IssueDetailPage() {
  const { issueId } = route.useParams();
  const { state, error, retry } = useIssue(issueId);
  const messages = useMessages().issueDetail;
  if (state === null) {
    return (
      <Waiting>
        {error === null ? (
          <SkeletonLines widths={['24%', '58%', '70%', '90%', '84%', '62%']} />
        ) : (
          <ErrorNotice what={messages.notRead} error={toAppError(error)} onRetry={retry} />
        )}
      </Waiting>
    );
  }
  if (state.issue === null) return <NeverSeen issueId={issueId} checkedAt={state.checkedAt} />;
  return <IssueView key={issueId} issue={state.issue} goneSince={state.goneSince} checkedAt={state.checkedAt} />;
}

function Waiting({ children }: { children: ReactNode }) {
  return (
    <IssuePage>
      <IssueToolbar />
      {children}
    </IssuePage>
  );
}

function NeverSeen({ issueId, checkedAt }: { issueId: string } & Pick<KnownIssue, 'checkedAt'>) {
  const messages = useMessages().issueDetail;
  const { action } = route.useSearch();
  const navigate = route.useNavigate();
  const mayRead = useMay('action.read');
  const open = (id: string) => void navigate({ search: (before) => ({ ...before, action: id }) });
  return (
    <Waiting>
      <Empty title={messages.goneTitle}>
        {messages.lastCheck} <Clock at={checkedAt} />, {messages.didNotFind} {messages.comesBack}
        <p className="mt-2">
          <Link to="/issues" search={{}} className="text-accent hover:underline">
            {messages.goToIssues}
          </Link>
        </p>
      </Empty>
      {mayRead && <IssueActions issueId={issueId} open={action} onOpen={open} onAgain={undefined} />}
    </Waiting>
  );
}
