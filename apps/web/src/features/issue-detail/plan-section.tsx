import { Tabs } from '@base-ui/react/tabs';
import type { Plan, PlanHorizon } from '@quarterdeck/contract';
import { useMemo, useState } from 'react';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { carriedOut, chosenSteps } from '../actions/plan-choice.ts';
import { PlanPreview } from '../actions/plan-preview.tsx';
import { type PlanDifferences, planDifferences } from './plan-differences.ts';
import { PlanSourceLine } from './plan-source.tsx';
import { PlanView } from './plan-view.tsx';
import type { PlanState } from './use-plan.ts';

/** How the plan is carried out: by a preview of some of its steps. */
export interface CarryOut {
  pending: boolean;
  error: Error | null;
  onPreview(steps: readonly string[]): void;
}

interface PlanSectionProps {
  plan: PlanState;
  /** Its steps to carry out; null where that is not offered. */
  carryOut: CarryOut | null;
  horizon: PlanHorizon;
  onHorizon(horizon: PlanHorizon): void;
  userContext: string;
  onUserContext(text: string): void;
}

const horizons: readonly PlanHorizon[] = ['short', 'long'];

export function PlanSection({ plan, carryOut, horizon, onHorizon, userContext, onUserContext }: PlanSectionProps) {
  const messages = useMessages().issueDetail;
  const labels: Record<PlanHorizon, string> = { short: messages.shortTerm, long: messages.longTerm };
  return (
    <Tabs.Root value={horizon} onValueChange={(value) => onHorizon(value === 'long' ? 'long' : 'short')}>
      <Section
        title={messages.plan}
        actions={
          <>
            <Tabs.List className="flex rounded border border-line p-0.5">
              {horizons.map((each) => (
                <Tabs.Tab
                  key={each}
                  value={each}
                  className="h-6 rounded-[4px] px-2.5 text-soft hover:text-ink data-active:bg-selected data-active:font-medium data-active:text-ink"
                >
                  {labels[each]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <ContextForm applied={userContext} onApply={onUserContext} />
          </>
        }
      >
        <Tabs.Panel value={horizon} tabIndex={-1} className="outline-none">
          <PlanSourceLine plan={plan} />
          <PlanResult plan={plan} carryOut={carryOut} />
        </Tabs.Panel>
      </Section>
    </Tabs.Root>
  );
}

function PlanResult({ plan: { drafted, error, retry }, carryOut }: Pick<PlanSectionProps, 'plan' | 'carryOut'>) {
  const messages = useMessages().issueDetail;
  const differences = useMemo(
    () => (drafted === undefined || drafted.source.by === 'engine' ? null : planDifferences(drafted.plan, drafted.offline)),
    [drafted],
  );
  if (drafted !== undefined) {
    const { plan } = drafted;
    // Another plan has other steps: what was chosen of the one before is none of its.
    if (carryOut !== null && carriedOut(plan).length > 0) return <PlanToCarryOut key={keyOf(plan)} {...{ plan, differences, carryOut }} />;
    return <PlanView plan={plan} differences={differences} choice={null} />;
  }
  if (error !== null) return <ErrorNotice what={messages.planNotMade} error={error} onRetry={retry} />;
  return <SkeletonLines widths={['60%', '48%', '54%', '36%']} />;
}

function keyOf({ quickFix }: Plan): string {
  return quickFix.steps.map(({ stepId, kubectl }) => `${stepId} ${kubectl}`).join('\n');
}

interface PlanToCarryOutProps {
  plan: Plan;
  differences: PlanDifferences | null;
  carryOut: CarryOut;
}

/** The plan with a choice of its steps, all of them at first. */
function PlanToCarryOut({ plan, differences, carryOut: { pending, error, onPreview } }: PlanToCarryOutProps) {
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const onToggle = (stepId: string) => {
    const next = new Set(without);
    if (!next.delete(stepId)) next.add(stepId);
    setWithout(next);
  };
  const chosen = chosenSteps(plan, without);
  const { previewPlan } = useMessages().issueDetail;
  useCommands([
    {
      ...{ id: 'preview-plan', label: previewPlan, group: 'here', keywords: ['fix', 'apply', 'mend'], shortcuts: ['p'] },
      when: () => chosen.length > 0 && !pending,
      run: () => onPreview(chosen),
    },
  ]);
  return (
    <div className="flex flex-col gap-4">
      <PlanView plan={plan} differences={differences} choice={{ without, onToggle }} />
      <PlanPreview chosen={chosen.length} pending={pending} error={error} onPreview={() => onPreview(chosen)} />
    </div>
  );
}

function ContextForm({ applied, onApply }: { applied: string; onApply(text: string): void }) {
  const messages = useMessages().issueDetail;
  const [draft, setDraft] = useState(applied);
  const changed = draft.trim() !== applied;
  return (
    <form
      className="flex min-w-0 grow basis-80 items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onApply(draft.trim());
      }}
    >
      <input
        aria-label={messages.context}
        placeholder={messages.contextExample}
        title={messages.contextNote}
        value={draft}
        maxLength={4000}
        onChange={(event) => setDraft(event.target.value)}
        className="h-7 min-w-0 max-w-xl grow rounded border border-line bg-surface px-2 placeholder:text-soft"
      />
      {changed && <Button type="submit">{messages.updatePlan}</Button>}
    </form>
  );
}
