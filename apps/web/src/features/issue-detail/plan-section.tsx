import { Tabs } from '@base-ui/react/tabs';
import type { Plan, PlanHorizon } from '@quarterdeck/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { PlanView } from './plan-view.tsx';
import { Section } from './section.tsx';

interface PlanSectionProps {
  plan: UseQueryResult<Plan>;
  horizon: PlanHorizon;
  onHorizon(horizon: PlanHorizon): void;
  userContext: string;
  onUserContext(text: string): void;
}

const horizons: readonly { value: PlanHorizon; label: string }[] = [
  { value: 'short', label: 'Short term' },
  { value: 'long', label: 'Long term' },
];

export function PlanSection({ plan, horizon, onHorizon, userContext, onUserContext }: PlanSectionProps) {
  return (
    <Tabs.Root value={horizon} onValueChange={(value) => onHorizon(value === 'long' ? 'long' : 'short')}>
      <Section
        title="Plan"
        actions={
          <>
            <Tabs.List className="flex rounded border border-line p-0.5">
              {horizons.map(({ value, label }) => (
                <Tabs.Tab
                  key={value}
                  value={value}
                  className="h-6 rounded-[4px] px-2.5 text-soft hover:text-ink data-active:bg-selected data-active:font-medium data-active:text-ink"
                >
                  {label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <ContextForm applied={userContext} onApply={onUserContext} />
          </>
        }
      >
        <Tabs.Panel value={horizon} tabIndex={-1} className="outline-none">
          <PlanResult plan={plan} />
        </Tabs.Panel>
      </Section>
    </Tabs.Root>
  );
}

function PlanResult({ plan }: { plan: UseQueryResult<Plan> }) {
  if (plan.data !== undefined) return <PlanView plan={plan.data} />;
  if (plan.error !== null) return <ErrorNotice what="The plan could not be made" error={plan.error} onRetry={() => plan.refetch()} />;
  return <SkeletonLines widths={['60%', '48%', '54%', '36%']} />;
}

function ContextForm({ applied, onApply }: { applied: string; onApply(text: string): void }) {
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
        aria-label="Anything we should know?"
        placeholder="Anything we should know? (no downtime before 18:00)"
        title="Kept with the plan, never executed"
        value={draft}
        maxLength={4000}
        onChange={(event) => setDraft(event.target.value)}
        className="h-7 min-w-0 max-w-xl grow rounded border border-line bg-surface px-2 placeholder:text-soft"
      />
      {changed && <Button type="submit">Update plan</Button>}
    </form>
  );
}
