import { type IssueDetail, type PlanHorizon, toAppError } from '@quarterdeck/contract';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useLiveState } from '../../live/use-live.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Clock } from '../../ui/time.tsx';
import { usePreview } from '../actions/use-actions.ts';
import { DismissButton } from '../issues/dismiss-button.tsx';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import { useMay } from '../session/session.tsx';
import { ChangesList } from './changes-list.tsx';
import { CopyMenu } from './copy-menu.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { IssueActions } from './issue-actions.tsx';
import { Breadcrumb, IssueHeading } from './issue-heading.tsx';
import { PlanSection } from './plan-section.tsx';
import { Section } from './section.tsx';
import { Spread } from './spread.tsx';
import { useIssue } from './use-issue.ts';
import { usePlan } from './use-plan.ts';

const route = getRouteApi('/cluster/issues/$issueId');

export function IssueDetailPage() {
  const { issueId } = route.useParams();
  const issue = useIssue(issueId);
  const error = issue.error === null ? null : toAppError(issue.error);
  const gone = error?.code === 'NOT_FOUND';
  if (issue.data === undefined && error !== null) {
    return (
      <Page>
        <Toolbar />
        {gone ? <NeverSeen issueId={issueId} /> : <ErrorNotice what="The issue could not be read" error={error} onRetry={() => issue.refetch()} />}
      </Page>
    );
  }
  if (issue.data === undefined) {
    return (
      <Page>
        <Toolbar />
        <SkeletonLines widths={['24%', '58%', '70%', '90%', '84%', '62%']} />
      </Page>
    );
  }
  return <IssueView key={issueId} issue={issue.data} goneSince={gone ? new Date(issue.errorUpdatedAt).toISOString() : null} readAt={issue.dataUpdatedAt} />;
}

interface IssueViewProps {
  issue: IssueDetail;
  /** ISO 8601; null while the issue is there. */
  goneSince: string | null;
  /** Epoch milliseconds. */
  readAt: number;
}

function IssueView({ issue, goneSince, readAt }: IssueViewProps) {
  const { plan: planTab, action } = route.useSearch();
  const navigate = route.useNavigate();
  const horizon: PlanHorizon = planTab ?? 'short';
  const [userContext, setUserContext] = useState('');
  const plan = usePlan(issue.id, horizon, userContext, goneSince === null);
  const mayPropose = useMay('action.propose');
  const mayRead = useMay('action.read');
  const open = (id: string) => void navigate({ search: (before) => ({ ...before, action: id }) });
  const preview = usePreview(({ id }) => open(id));
  const onPreview = (steps: readonly string[]) => preview.mutate({ plan: { issueId: issue.id, userContext, steps: [...steps] } });
  const carryOut = mayPropose && mayRead && horizon === 'short' ? { pending: preview.isPending, error: preview.error, onPreview } : null;
  return (
    <Page>
      <Toolbar issue={issue}>
        {goneSince === null && issue.dismissed === null && <DismissButton issueId={issue.id} onDone={() => navigate({ to: '/issues', search: {} })} />}
        <CopyMenu issue={issue} plan={plan.data ?? null} />
      </Toolbar>
      <State goneSince={goneSince} readAt={readAt} />
      <IssueHeading issue={issue} />
      {issue.chains.some((chain) => chain.length > 1) && (
        <Section title="How it spreads">
          <Spread chains={issue.chains} issue={issue} />
        </Section>
      )}
      <div className="grid gap-x-10 gap-y-7 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section title="Evidence">
          <EvidenceList evidence={issue.evidence} />
        </Section>
        <div className="flex flex-col gap-7">
          <Section title="What changed before">
            <ChangesList changes={issue.changes} />
          </Section>
          {issue.notSeen.length > 0 && <NotSeen items={issue.notSeen} />}
        </div>
      </div>
      {goneSince === null && (
        <PlanSection
          plan={plan}
          carryOut={carryOut}
          horizon={horizon}
          onHorizon={(next) => navigate({ search: (before) => ({ ...before, plan: next === 'long' ? 'long' : undefined }), replace: true })}
          userContext={userContext}
          onUserContext={setUserContext}
        />
      )}
      {mayRead && (
        <IssueActions
          issueId={issue.id}
          open={action}
          onOpen={open}
          onAgain={carryOut === null || goneSince !== null ? undefined : ({ steps }) => onPreview(steps.map(({ stepId }) => stepId))}
        />
      )}
    </Page>
  );
}

function Page({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <article className="mx-auto flex max-w-[82rem] flex-col gap-7 px-4 pt-3 pb-12 lg:px-6">{children}</article>
    </div>
  );
}

function Toolbar({ issue, children }: { issue?: IssueDetail; children?: ReactNode }) {
  return (
    <div className="-mb-4 flex flex-wrap items-center gap-2">
      <Breadcrumb issue={issue} />
      {children}
    </div>
  );
}

/** What the page shows when it is not the present state. */
function State({ goneSince, readAt }: { goneSince: string | null; readAt: number }) {
  const socket = useLiveState();
  if (goneSince !== null) {
    return (
      <p role="status" className="flex flex-wrap items-center gap-x-3 rounded border bg-sunken px-3 py-2">
        <StatusMark state="healthy" text="This issue is gone" />
        <span>
          since <Clock at={goneSince} />. What follows is how it stood before.
        </span>
      </p>
    );
  }
  if (socket !== 'waiting') return null;
  return (
    <p role="status" className="text-soft">
      As of <Clock at={new Date(readAt).toISOString()} />, reconnecting.
    </p>
  );
}

function NeverSeen({ issueId }: { issueId: string }) {
  const { state } = useIssuesFeed();
  const { action } = route.useSearch();
  const navigate = route.useNavigate();
  const mayRead = useMay('action.read');
  const open = (id: string) => void navigate({ search: (before) => ({ ...before, action: id }) });
  return (
    <>
      <Empty title="This issue is gone.">
        {state?.checkedAt != null && (
          <>
            The last check, <Clock at={state.checkedAt} />, did not find it.{' '}
          </>
        )}
        It comes back under the same address if it recurs.
        <p className="mt-2">
          <Link to="/issues" search={{}} className="text-accent hover:underline">
            Go to the issues
          </Link>
        </p>
      </Empty>
      {mayRead && <IssueActions issueId={issueId} open={action} onOpen={open} onAgain={undefined} />}
    </>
  );
}

function NotSeen({ items }: { items: readonly string[] }) {
  return (
    <Section title="Not seen">
      <ul className="flex flex-col gap-1 text-soft">
        {items.map((item) => (
          <li key={item} className="break-words">
            {item}
          </li>
        ))}
      </ul>
    </Section>
  );
}
