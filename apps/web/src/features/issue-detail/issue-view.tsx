import type { IssueDetail, PlanHorizon } from '@quarterdeck/contract';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useLiveState } from '../../live/use-live.ts';
import { useMessages } from '../../messages/language.ts';
import { Section } from '../../ui/section.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Clock } from '../../ui/time.tsx';
import { usePreview } from '../actions/use-actions.ts';
import { aboutIssue } from '../ask-about/ask-about.ts';
import { AskAboutButton } from '../ask-about/ask-button.tsx';
import { DismissButton } from '../issues/dismiss-button.tsx';
import { useMay } from '../session/session.tsx';
import { ChangesList } from './changes-list.tsx';
import { CopyMenu } from './copy-menu.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { IssueActions } from './issue-actions.tsx';
import { IssueFeedback } from './issue-feedback.tsx';
import { Breadcrumb, IssueHeading } from './issue-heading.tsx';
import { IssueHistory } from './issue-life.tsx';
import { NotSeen } from './not-seen.tsx';
import { PlanSection } from './plan-section.tsx';
import { Spread } from './spread.tsx';
import { Timeline } from './timeline.tsx';
import { usePlan } from './use-plan.ts';

const route = getRouteApi('/cluster/issues/$issueId');

interface IssueViewProps {
  issue: IssueDetail;
  /** ISO 8601; null while the issue is there. */
  goneSince: string | null;
  /** ISO 8601. */
  checkedAt: string;
}

/** One sentence, then proof, then what to do, then what it has been through. */
export function IssueView({ issue, goneSince, checkedAt }: IssueViewProps) {
  const messages = useMessages().issueDetail;
  return (
    <IssueWithPlan issue={issue} goneSince={goneSince}>
      <State issue={issue} goneSince={goneSince} checkedAt={checkedAt} />
      <IssueHeading issue={issue} />
      {issue.chains.some((chain) => chain.length > 1) && (
        <Section title={messages.howItSpreads}>
          <Spread chains={issue.chains} issue={issue} />
        </Section>
      )}
      <div className="grid gap-x-10 gap-y-7 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section title={messages.evidence}>
          <EvidenceList evidence={issue.evidence} issueId={issue.id} />
        </Section>
        <div className="flex flex-col gap-7">
          <Section title={messages.whatChanged}>
            <ChangesList changes={issue.changes} />
          </Section>
          <NotSeen issue={issue} />
        </div>
      </div>
    </IssueWithPlan>
  );
}

/** The frame of the page: what can be done with the issue above, its plan and what came of it below. */
function IssueWithPlan({ issue, goneSince, children }: { issue: IssueDetail; goneSince: string | null; children: ReactNode }) {
  const { plan: planTab, action } = route.useSearch();
  const navigate = route.useNavigate();
  const { askAbout } = useMessages();
  const horizon: PlanHorizon = planTab ?? 'short';
  const [userContext, setUserContext] = useState('');
  const plan = usePlan({ issueId: issue.id, horizon, userContext }, goneSince === null);
  const [mayPropose, mayRead, mayDismiss] = [useMay('action.propose'), useMay('action.read'), useMay('issue.dismiss')];
  const open = (id: string) => void navigate({ search: (before) => ({ ...before, action: id }) });
  const preview = usePreview(({ id }) => open(id));
  // The engine makes its own plan anew from the cluster as it is; any other is carried out as it is shown, and judged as it is.
  const isEngines = horizon === 'short' && plan.drafted?.source.by === 'engine';
  const drafted = isEngines || plan.drafted === undefined ? {} : { drafted: plan.drafted.plan };
  const onPreview = (steps: readonly string[]) => preview.mutate({ plan: { issueId: issue.id, userContext, steps: [...steps], ...drafted } });
  const carryOut = mayPropose && mayRead ? { pending: preview.isPending, error: preview.error, onPreview } : null;
  const isThere = goneSince === null;
  return (
    <IssuePage>
      <IssueToolbar issue={issue}>
        {isThere && mayDismiss && issue.dismissed === null && <DismissButton issueId={issue.id} onDone={() => navigate({ to: '/issues', search: {} })} />}
        <AskAboutButton request={() => aboutIssue(issue, askAbout)} />
        <CopyMenu issue={issue} plan={plan.drafted?.plan ?? null} />
      </IssueToolbar>
      {children}
      {isThere && (
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
          onAgain={carryOut === null || !isThere ? undefined : ({ steps }) => onPreview(steps.map(({ stepId }) => stepId))}
        />
      )}
      <WhatItWentThrough issue={issue} />
    </IssuePage>
  );
}

function WhatItWentThrough({ issue }: { issue: IssueDetail }) {
  const messages = useMessages().issueDetail;
  const { timeline } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <div className="grid gap-x-10 gap-y-7 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      {issue.timeline.length > 0 && (
        <Section title={messages.timeline}>
          <Timeline
            issue={issue}
            only={timeline}
            onOnly={(source) => navigate({ search: (before) => ({ ...before, timeline: source }), replace: true, resetScroll: false })}
          />
        </Section>
      )}
      {issue.history.length > 0 && (
        <Section title={messages.history}>
          <IssueHistory history={issue.history} />
        </Section>
      )}
    </div>
  );
}

export function IssuePage({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <article className="mx-auto flex max-w-[82rem] flex-col gap-7 px-4 pt-3 pb-12 lg:px-6">{children}</article>
    </div>
  );
}

export function IssueToolbar({ issue, children }: { issue?: IssueDetail; children?: ReactNode }) {
  return (
    <div className="-mb-4 flex flex-wrap items-center gap-2">
      <Breadcrumb issue={issue} />
      {children}
    </div>
  );
}

const notice = 'flex flex-col gap-2 rounded border bg-sunken px-3 py-2';

/** What the page shows when it is not the present state of something that is broken. */
function State({ issue, goneSince, checkedAt }: IssueViewProps) {
  const socket = useLiveState();
  const messages = useMessages().issueDetail;
  const mayRate = useMay('issue.dismiss');
  if (goneSince !== null) {
    return (
      <div className={notice}>
        <p role="status" className="flex flex-wrap items-center gap-x-3">
          <StatusMark state="healthy" text={messages.gone} />
          <span>
            {messages.goneSince} <Clock at={goneSince} />. {messages.goneNote}
          </span>
        </p>
        {mayRate && issue.life?.state === 'resolved' && <IssueFeedback issueId={issue.id} />}
      </div>
    );
  }
  if (socket === 'waiting') {
    return (
      <p role="status" className="text-soft">
        {messages.asOf} <Clock at={checkedAt} />, {messages.reconnecting}
      </p>
    );
  }
  if (issue.life?.state !== 'held') return null;
  return (
    <p role="status" className={notice}>
      <StatusMark state="pending" text={messages.held} />
      {issue.life.note !== null && <span>{issue.life.note}</span>}
    </p>
  );
}
