import { severities } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Choice, Field, Tick } from '../../ui/field.tsx';
import { NameList } from '../../ui/name-list.tsx';
import { useNamespaceNames } from '../clusters/use-kinds.ts';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import type { RuleDraft } from './rule-draft.ts';

interface FieldsProps<Condition> {
  condition: Condition;
  problems: ReadonlyMap<string, string>;
  onChange(change: Partial<Condition>): void;
}

const issueStates = ['detected', 'recurred', 'changed', 'resolved'] as const;

/** Which issues, and what must have become of them. */
export function IssueFields({ condition, problems, onChange }: FieldsProps<RuleDraft['issue']>) {
  const { alerts, common } = useMessages();
  const { form, states } = alerts;
  const { names } = useNamespaceNames();
  const { list } = useIssuesFeed();
  const mechanisms = [...new Set(list.map(({ mechanism }) => mechanism))].toSorted();
  const turn = (state: (typeof issueStates)[number], on: boolean) =>
    onChange({ states: issueStates.filter((each) => (each === state ? on : condition.states.includes(each))) });
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          label={form.severity}
          value={condition.severity}
          options={severities.map((severity) => ({ value: severity, label: common.states[severity] }))}
          onChange={({ target }) => onChange({ severity: severities.find((severity) => severity === target.value) ?? 'low' })}
        />
        <NumberField
          label={form.forMinutes}
          value={condition.forMinutes}
          problem={problems.get('when.forMinutes')}
          onChange={(forMinutes) => onChange({ forMinutes })}
        />
      </div>
      <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
        <legend className="mb-1 text-soft text-xs">{form.states}</legend>
        {issueStates.map((state) => (
          <Tick key={state} label={states[state]} checked={condition.states.includes(state)} onChange={({ target }) => turn(state, target.checked)} />
        ))}
      </fieldset>
      {problems.has('when.states') && <p className="text-critical text-xs">{problems.get('when.states')}</p>}
      <NameList label={form.namespaces} names={condition.namespaces} known={names} onChange={(namespaces) => onChange({ namespaces: [...namespaces] })} />
      <NameList label={form.mechanisms} names={condition.mechanisms} known={mechanisms} onChange={(next) => onChange({ mechanisms: [...next] })} />
    </>
  );
}

/** Which events, and how often. */
export function EventFields({ condition, problems, onChange }: FieldsProps<RuleDraft['event']>) {
  const { form } = useMessages().alerts;
  const { names } = useNamespaceNames();
  const types = [
    { value: 'Warning', label: 'Warning' },
    { value: 'Normal', label: 'Normal' },
    { value: 'any', label: form.anyType },
  ];
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          label={form.type}
          value={condition.type}
          options={types}
          onChange={({ target: { value } }) => onChange({ type: value === 'Normal' || value === 'any' ? value : 'Warning' })}
        />
        <PatternField label={form.reason} value={condition.reason} problem={problems.get('when.reason')} onChange={(reason) => onChange({ reason })} />
      </div>
      <PatternField label={form.message} value={condition.message} problem={problems.get('when.message')} onChange={(message) => onChange({ message })} />
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField label={form.atLeast} value={condition.atLeast} problem={problems.get('when.atLeast')} onChange={(atLeast) => onChange({ atLeast })} />
        <NumberField
          label={form.withinMinutes}
          value={condition.withinMinutes}
          problem={problems.get('when.withinMinutes')}
          onChange={(withinMinutes) => onChange({ withinMinutes })}
        />
      </div>
      <NameList label={form.namespaces} names={condition.namespaces} known={names} onChange={(namespaces) => onChange({ namespaces: [...namespaces] })} />
    </>
  );
}

interface ValueFieldProps<Value> {
  label: string;
  value: Value;
  problem: string | undefined;
  onChange(value: Value): void;
}

function NumberField({ label, value, problem, onChange }: ValueFieldProps<number>) {
  return <Field label={label} type="number" min={0} value={value} problem={problem ?? null} onChange={({ target }) => onChange(Number(target.value))} />;
}

function PatternField({ label, value, problem, onChange }: ValueFieldProps<string>) {
  return (
    <Field
      label={label}
      value={value}
      problem={problem ?? null}
      maxLength={200}
      spellCheck={false}
      autoComplete="off"
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
