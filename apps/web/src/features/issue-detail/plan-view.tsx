import type { Impact, Plan, PlanStep } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Tick } from '../../ui/field.tsx';
import { SentenceList } from '../../ui/sentence-list.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { carriedOut } from '../actions/plan-choice.ts';
import type { PlanDifferences, StepDifference } from './plan-differences.ts';

/** Which steps are to be carried out; null where that is not for this person, this cluster or this plan. */
export interface StepChoice {
  without: ReadonlySet<string>;
  onToggle(stepId: string): void;
}

interface PlanViewProps {
  plan: Plan;
  /** How it differs from the engine's; null where it is the engine's. */
  differences: PlanDifferences | null;
  choice: StepChoice | null;
}

export function PlanView({ plan, differences, choice }: PlanViewProps) {
  const messages = useMessages().issueDetail;
  const { summary, steps, assumptions, fallback } = plan.quickFix;
  const choosable = carriedOut(plan);
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-4xl">{summary}</p>
      {steps.length > 0 && (
        <ol className="max-w-4xl rounded border bg-surface">
          {steps.map((step, index) => (
            <Step
              key={step.stepId}
              step={step}
              number={index + 1}
              difference={differences?.steps.get(step.stepId) ?? null}
              choice={choosable.length > 1 && choosable.includes(step) ? choice : null}
            />
          ))}
        </ol>
      )}
      {differences !== null && <Removed steps={differences.removed} />}
      <div className="grid max-w-4xl gap-x-8 gap-y-4 sm:grid-cols-2">
        <SentenceList title={messages.assumes} sentences={assumptions} />
        <SentenceList title={messages.fallback} sentences={fallback === '' ? [] : [fallback]} />
        <SentenceList title={messages.hypotheses} sentences={plan.rootCauseHypotheses} />
        <SentenceList title={messages.toGather} sentences={plan.evidenceToGather} />
        <SentenceList title={messages.recommendations} sentences={plan.recommendations} />
      </div>
    </div>
  );
}

interface StepProps {
  step: PlanStep;
  number: number;
  difference: StepDifference | null;
  choice: StepChoice | null;
}

function Step({ step, number, difference, choice }: StepProps) {
  const messages = useMessages().issueDetail;
  return (
    <li className="flex gap-3 border-line border-b p-3 last:border-b-0">
      <span className="w-4 shrink-0 text-right text-soft">{number}</span>
      <div className="min-w-0 grow">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <p className="min-w-0 grow basis-72 break-words font-medium">{step.description}</p>
          <ImpactMark impact={step.impact} />
        </div>
        {difference !== null && <Difference difference={difference} />}
        {step.kubectl !== null && (
          <div className="mt-2">
            <CodeBlock code={step.kubectl} label={messages.copyCommand} />
          </div>
        )}
        <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
          <dt className="text-soft">{messages.check}</dt>
          <dd className="break-words">{step.validation}</dd>
          {step.rollback !== null && (
            <>
              <dt className="text-soft">{messages.undo}</dt>
              <dd className="min-w-0 break-words">
                {step.rollback.startsWith('kubectl ') ? <CodeBlock code={step.rollback} label={messages.copyUndo} /> : step.rollback}
              </dd>
            </>
          )}
        </dl>
        {choice !== null && (
          <div className="mt-2">
            <Tick label={messages.previewStep(number)} checked={!choice.without.has(step.stepId)} onChange={() => choice.onToggle(step.stepId)} />
          </div>
        )}
      </div>
    </li>
  );
}

function Difference({ difference }: { difference: StepDifference }) {
  const messages = useMessages().issueDetail;
  if (difference.is === 'same') return null;
  if (difference.is === 'added') return <p className="text-accent">{messages.stepAdded}</p>;
  const { kubectl, description } = difference.before;
  return (
    <p className="break-words text-accent">
      {messages.stepChanged} <span className="text-soft">{kubectl ?? description}</span>
    </p>
  );
}

/** What the engine would do and this plan does not. */
function Removed({ steps }: { steps: readonly PlanStep[] }) {
  const messages = useMessages().issueDetail;
  if (steps.length === 0) return null;
  return (
    <section className="max-w-4xl">
      <h3 className="mb-1 text-accent">{messages.stepsRemoved(steps.length)}</h3>
      <ul className="flex flex-col gap-1 text-soft">
        {steps.map(({ stepId, description, kubectl }) => (
          <li key={stepId} className="break-words">
            {description} {kubectl !== null && <code className="font-mono text-code">{kubectl}</code>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Only high impact is marked like a state: it is the one to stop at. */
function ImpactMark({ impact }: { impact: Impact }) {
  const messages = useMessages().issueDetail;
  if (impact === 'high') return <StatusMark state="high" text={messages.highImpact} />;
  return <span className="text-soft">{impact === 'none' ? messages.changesNothing : messages.impact[impact]}</span>;
}
