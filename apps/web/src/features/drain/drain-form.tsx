import type { DrainPlan } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field, Tick } from '../../ui/field.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { useClusterMarks } from '../clusters/use-cluster-marks.ts';
import { useDock } from '../dock/use-dock.tsx';
import { FormDialog } from '../object-actions/form-dialog.tsx';
import type { ActionFormProps } from '../object-actions/object-action.ts';
import { type DrainChoice, drainCommand, drainOptionsOf, secondsOf, takesForGood, usualChoice } from './drain-choice.ts';
import { DrainPlanView } from './drain-plan-view.tsx';
import { drainTab } from './drain-tab.ts';
import { useDrainPlans } from './use-drain.ts';

/** What a drain would do, with its options; it is started from here, and goes on in the dock. */
export function DrainForm({ targets, onCancel }: ActionFormProps) {
  const messages = useMessages().drain;
  const cluster = useClusters().selected?.id ?? '';
  const dock = useDock();
  const [choice, setChoice] = useState(usualChoice);
  const [typed, setTyped] = useState('');
  const nodes = targets.map(({ object }) => object.name);
  const options = drainOptionsOf(choice);
  const results = useDrainPlans(nodes, options);
  const plans = results.flatMap(({ data }) => data ?? []);
  const asksName = useClusterMarks().isProduction(cluster);
  const ready =
    options !== null && plans.length === nodes.length && plans.every(({ refused }) => refused.length === 0) && (!asksName || typed.trim() === cluster);
  const start = () => {
    if (options === null) return;
    dock.open(drainTab, { id: crypto.randomUUID(), nodes: plans.map(({ node, evict }) => ({ name: node, pods: evict.length })), options });
    onCancel();
  };
  return (
    <FormDialog
      title={messages.title(nodes)}
      ready={ready}
      onSubmit={start}
      onCancel={onCancel}
      submit={messages.start(nodes)}
      forGood={options !== null && plans.some((plan) => takesForGood(plan, options))}
    >
      <p className="text-soft">{messages.about}</p>
      <DrainOptionsForm choice={choice} onChange={setChoice} />
      {results.map(({ data, error, refetch }, index) => (
        <NodePlan key={nodes[index]} node={nodes[index] ?? ''} plan={data} error={error} named={nodes.length > 1} onRetry={refetch} />
      ))}
      {options !== null && <CodeBlock code={nodes.map((node) => drainCommand(node, options)).join('\n')} label={messages.copyCommand} />}
      {asksName && (
        <Field label={messages.production(cluster)} value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} />
      )}
    </FormDialog>
  );
}

interface NodePlanProps {
  node: string;
  plan: DrainPlan | undefined;
  error: Error | null;
  named: boolean;
  onRetry(): void;
}

function NodePlan({ node, plan, error, named, onRetry }: NodePlanProps) {
  const messages = useMessages().drain;
  return (
    <section aria-label={node} className="flex flex-col gap-2 border-t pt-3">
      {named && <h3 className="font-medium">{node}</h3>}
      {plan === undefined && error !== null && <ErrorNotice what={messages.notPlanned(node)} error={error} onRetry={onRetry} />}
      {plan === undefined && error === null && <SkeletonLines widths={['40%', '62%', '50%']} />}
      {plan !== undefined && <DrainPlanView plan={plan} />}
    </section>
  );
}

function DrainOptionsForm({ choice, onChange }: { choice: DrainChoice; onChange(choice: DrainChoice): void }) {
  const messages = useMessages().drain;
  const flags = ['ignoreDaemonSets', 'deleteEmptyDirData', 'force'] as const;
  const problem = (text: string) => (secondsOf(text) === null ? messages.numberProblem : null);
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-soft text-xs">{messages.options}</legend>
      {flags.map((flag) => (
        <Tick key={flag} label={messages[flag]} checked={choice[flag]} onChange={(event) => onChange({ ...choice, [flag]: event.target.checked })} />
      ))}
      <div className="mt-1 grid gap-3 sm:grid-cols-2">
        <Field
          label={messages.gracePeriod}
          note={messages.gracePeriodNote}
          problem={problem(choice.grace)}
          inputMode="numeric"
          value={choice.grace}
          onChange={(event) => onChange({ ...choice, grace: event.target.value })}
        />
        <Field
          label={messages.timeout}
          note={messages.timeoutNote}
          problem={problem(choice.timeout)}
          inputMode="numeric"
          value={choice.timeout}
          onChange={(event) => onChange({ ...choice, timeout: event.target.value })}
        />
      </div>
      <Field
        label={messages.podSelector}
        placeholder="app=web"
        value={choice.podSelector}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange({ ...choice, podSelector: event.target.value })}
      />
    </fieldset>
  );
}
