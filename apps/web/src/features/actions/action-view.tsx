import { type Action, finalActionStates } from '@quarterdeck/contract';
import { useEffect } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Part } from '../../ui/part.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Moment } from '../../ui/time.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { useMay } from '../session/session.tsx';
import { actionMark } from './action-words.ts';
import { useActionsFeed } from './actions-feed.tsx';
import { canBeRepeated, isUnderWay, noChangesIn } from './approval.ts';
import { ApprovalForm, ApprovalRefused } from './approval-form.tsx';
import { Conditions } from './conditions.tsx';
import { Fact, Facts } from './facts.tsx';
import { previewDifferences } from './preview-differences.ts';
import { StepBody, StepView } from './step-view.tsx';
import { stepsSummary } from './steps-summary.ts';
import { UndoPart } from './undo-part.tsx';
import { useAction, useApprove, useOutdatedBy, useRepeat, useStop } from './use-actions.ts';

interface ActionViewProps {
  id: string;
  /** Shows another one: a fresh preview, or what takes this one back. */
  onOther(id: string): void;
  /** Previews the same again in a way of one's own; left out, the same steps on the state of now. */
  onAgain?: ((action: Action) => void) | undefined;
}

/** An action from its preview to its end. It goes on when one leaves, and is found again under its id. */
export function ActionView({ id, onOther, onAgain }: ActionViewProps) {
  const { action, lost } = useAction(id);
  const { actions } = useMessages();
  const { look } = useActionsFeed();
  useEffect(() => look(id), [look, id]);
  if (action.data === undefined) {
    if (action.error !== null) return <ErrorNotice what={actions.notRead} error={action.error} onRetry={() => action.refetch()} />;
    return <SkeletonLines widths={['40%', '70%', '62%', '80%']} />;
  }
  return (
    <div className="flex flex-col gap-4">
      {lost !== null && <p className="text-soft">{actions.lost(lost.message)}</p>}
      <Loaded action={action.data} onOther={onOther} onAgain={onAgain} />
    </div>
  );
}

function Loaded({ action, onOther, onAgain }: Omit<ActionViewProps, 'id'> & { action: Action }) {
  const { all } = useClusters();
  const { actions } = useMessages();
  const approve = useApprove(action, onOther);
  const noChanges = noChangesIn(all?.find(({ id }) => id === action.cluster) ?? null);
  return (
    <>
      <Standing action={action} />
      <Outdated action={action} />
      {approve.error !== null && <ApprovalRefused error={approve.error} />}
      {isUnderWay(action) && <Stop action={action} />}
      <Steps action={action} />
      <LeftOut items={action.leftOut} />
      {action.validation.length > 0 && (
        <Part title={actions.whenDone}>
          <Conditions states={action.validation} />
        </Part>
      )}
      {action.state === 'previewed' && <ApprovalForm action={action} approve={approve} noChanges={noChanges} />}
      {noChanges === null && canBeRepeated(action) && <Again action={action} onOther={onOther} onAgain={onAgain} />}
      {finalActionStates.has(action.state) && noChanges === null && <UndoPart action={action} onOther={onOther} />}
    </>
  );
}

function Steps({ action }: { action: Action }) {
  const messages = useMessages();
  const { selected } = useClusters();
  const { steps, state } = action;
  const previewed = state === 'previewed' || state === 'expired';
  const here = action.cluster === selected?.id;
  const [only] = steps;
  if (only !== undefined && steps.length === 1) {
    return (
      <section aria-label={messages.actions.steps} className="flex flex-col gap-3">
        <StepBody step={only} previewed={previewed} here={here} />
      </section>
    );
  }
  const alike = steps.length > 2 && steps.every(({ change }) => change.verb === only?.change.verb);
  return (
    <div className="flex flex-col gap-2">
      {previewed && alike && <p>{stepsSummary(action, messages).join(' · ')}</p>}
      <ol
        aria-label={messages.actions.steps}
        tabIndex={alike ? 0 : undefined}
        className={`rounded border bg-surface ${alike ? 'max-h-[48vh] overflow-auto' : ''}`}
      >
        {steps.map((step, index) => (
          <StepView key={step.stepId} step={step} number={index + 1} previewed={previewed} here={here} folded={alike} />
        ))}
      </ol>
    </div>
  );
}

/** How it stands. Of a preview that was just made there is nothing to say yet. */
function Standing({ action }: { action: Action }) {
  const messages = useMessages();
  const { actions } = messages;
  const { state, reason, approval, proposedBy, createdAt, startedAt, endedAt, steps } = action;
  const done = steps.filter(({ run }) => run.state === 'done').length;
  if (state === 'previewed' && reason === null && proposedBy.via !== 'assistant') return null;
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="break-words">
        <span className="font-medium">
          <StatusMark {...actionMark(state, messages)} />
        </span>
        {startedAt !== null && steps.length > 1 && `, ${actions.stepsDone(done, steps.length)}`}
        {reason !== null && `. ${reason}`}
      </p>
      <Facts>
        <Fact name={actions.proposed}>
          {proposedBy.id}
          {proposedBy.via === 'assistant' && `, ${actions.byAssistant}`}, <Moment at={createdAt} />
        </Fact>
        {approval !== null && (
          <Fact name={actions.approved}>
            {approval.by}, <Moment at={approval.at} />
            {approval.note !== null && `: ${approval.note}`}
          </Fact>
        )}
        {endedAt !== null && (
          <Fact name={actions.ended}>
            <Moment at={endedAt} />
          </Fact>
        )}
        <Fact name={actions.cluster}>{action.cluster}</Fact>
      </Facts>
    </div>
  );
}

/** What is different from the preview that was approved too late. */
function Outdated({ action }: { action: Action }) {
  const messages = useMessages();
  const before = useOutdatedBy(action.id);
  if (before === null || action.state !== 'previewed') return null;
  const differences = previewDifferences(before, action, messages);
  return (
    <div role="alert" className="rounded border border-line bg-surface p-3">
      <p className="font-medium">
        <StatusMark state="medium" text="" compact /> {messages.actions.changedSince}
      </p>
      <ul className="mt-1 flex flex-col gap-1">
        {differences.flatMap(({ stepId, texts }) =>
          texts.map((text) => (
            <li key={`${stepId} ${text}`} className="break-words">
              {action.steps.length > 1 && <span className="text-soft">{messages.actions.step(stepId)}: </span>}
              {text}
            </li>
          )),
        )}
      </ul>
    </div>
  );
}

function Again({ action, onOther, onAgain }: Omit<ActionViewProps, 'id'> & { action: Action }) {
  const { actions } = useMessages();
  const repeat = useRepeat(({ id }) => onOther(id));
  if (!useMay('action.propose')) return null;
  return (
    <div className="flex flex-col items-start gap-2">
      {repeat.error !== null && <ErrorNotice what={actions.notAgain} error={repeat.error} />}
      <Button
        look={action.state === 'expired' ? 'primary' : 'plain'}
        disabled={repeat.isPending}
        onClick={() => (onAgain === undefined ? repeat.mutate(action.id) : onAgain(action))}
      >
        {repeat.isPending ? actions.previewing : actions.again}
      </Button>
    </div>
  );
}

function Stop({ action }: { action: Action }) {
  const { actions } = useMessages();
  const stop = useStop();
  if (!useMay('action.approve')) return null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button disabled={stop.isPending} onClick={() => stop.mutate(action)}>
        {actions.stop}
      </Button>
      <span className="text-soft">{actions.stopNote}</span>
      {stop.error !== null && <ErrorNotice what={actions.notStopped} error={stop.error} />}
    </div>
  );
}

function LeftOut({ items }: { items: Action['leftOut'] }) {
  const { actions } = useMessages();
  if (items.length === 0) return null;
  return (
    <Part title={actions.leftOut}>
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
