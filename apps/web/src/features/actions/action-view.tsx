import { type Action, finalActionStates } from '@quarterdeck/contract';

import { count } from '../../text/count.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Part } from '../../ui/part.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Moment } from '../../ui/time.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { useMay } from '../session/session.tsx';
import { actionMarks } from './action-words.ts';
import { isUnderWay, noChangesIn } from './approval.ts';
import { ApprovalForm, ApprovalRefused } from './approval-form.tsx';
import { Conditions } from './conditions.tsx';
import { Fact, Facts } from './facts.tsx';
import { StepView } from './step-view.tsx';
import { UndoPart } from './undo-part.tsx';
import { useAction, useApprove, useStop } from './use-actions.ts';

interface ActionViewProps {
  id: string;
  /** Shows another one: a fresh preview, or what takes this one back. */
  onOther(id: string): void;
  /** Previews the same again; left out where nobody here knows how. */
  onAgain?: ((action: Action) => void) | undefined;
}

/** An action from its preview to its end. It goes on when one leaves, and is found again under its id. */
export function ActionView({ id, onOther, onAgain }: ActionViewProps) {
  const { action, lost } = useAction(id);
  if (action.data === undefined) {
    if (action.error !== null) return <ErrorNotice what="The action could not be read" error={action.error} onRetry={() => action.refetch()} />;
    return <SkeletonLines widths={['40%', '70%', '62%', '80%']} />;
  }
  return (
    <div className="flex flex-col gap-4">
      {lost !== null && <p className="text-soft">As it stood when it was heard of last. {lost.message}</p>}
      <Loaded action={action.data} onOther={onOther} onAgain={onAgain} />
    </div>
  );
}

function Loaded({ action, onOther, onAgain }: Omit<ActionViewProps, 'id'> & { action: Action }) {
  const { all, selected } = useClusters();
  const approve = useApprove(action);
  const noChanges = noChangesIn(all?.find(({ id }) => id === action.cluster) ?? null);
  const previewed = action.state === 'previewed' || action.state === 'expired';
  return (
    <>
      <Standing action={action} />
      {approve.error !== null && <ApprovalRefused error={approve.error} onOther={onOther} />}
      {action.state === 'expired' && onAgain !== undefined && noChanges === null && (
        <Button look="primary" className="self-start" onClick={() => onAgain(action)}>
          Preview again
        </Button>
      )}
      {isUnderWay(action) && <Stop action={action} />}
      <ol aria-label="Steps" className="rounded border bg-surface">
        {action.steps.map((step, index) => (
          <StepView key={step.stepId} step={step} number={index + 1} previewed={previewed} here={action.cluster === selected?.id} />
        ))}
      </ol>
      <LeftOut items={action.leftOut} />
      {action.validation.length > 0 && (
        <Part title="When all is done">
          <Conditions states={action.validation} />
        </Part>
      )}
      {action.state === 'previewed' && <ApprovalForm action={action} approve={approve} noChanges={noChanges} />}
      {finalActionStates.has(action.state) && noChanges === null && <UndoPart action={action} onOther={onOther} />}
    </>
  );
}

function Standing({ action }: { action: Action }) {
  const { state, reason, approval, proposedBy, createdAt, startedAt, endedAt, steps } = action;
  const done = steps.filter(({ run }) => run.state === 'done').length;
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="break-words">
        <span className="font-medium">
          <StatusMark {...actionMarks[state]} />
        </span>
        {startedAt !== null && `, ${done} of ${count(steps.length, 'step')} done`}
        {reason !== null && `. ${reason}`}
      </p>
      <Facts>
        <Fact name="Proposed">
          {proposedBy.id}
          {proposedBy.via === 'assistant' && ', put together by the assistant'}, <Moment at={createdAt} />
        </Fact>
        {approval !== null && (
          <Fact name="Approved">
            {approval.by}, <Moment at={approval.at} />
            {approval.note !== null && `: ${approval.note}`}
          </Fact>
        )}
        {endedAt !== null && (
          <Fact name="Ended">
            <Moment at={endedAt} />
          </Fact>
        )}
        <Fact name="Cluster">{action.cluster}</Fact>
      </Facts>
    </div>
  );
}

function Stop({ action }: { action: Action }) {
  const stop = useStop();
  if (!useMay('action.approve')) return null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button disabled={stop.isPending} onClick={() => stop.mutate(action)}>
        Stop after this request
      </Button>
      <span className="text-soft">What was done stays; what has a way back can be taken back afterwards.</span>
      {stop.error !== null && <ErrorNotice what="It was not stopped" error={stop.error} />}
    </div>
  );
}

function LeftOut({ items }: { items: Action['leftOut'] }) {
  if (items.length === 0) return null;
  return (
    <Part title="Not part of it">
      <ul className="flex flex-col gap-1">
        {items.map(({ stepId, description, reason }) => (
          <li key={stepId} className="break-words">
            {description} <span className="text-soft">{reason}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
