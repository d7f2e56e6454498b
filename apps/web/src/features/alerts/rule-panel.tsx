import type { AlertRule } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Choice, Field, Tick } from '../../ui/field.tsx';
import { problemsByField } from '../../ui/form-problems.ts';
import { notify } from '../../ui/notify.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { EventFields, IssueFields } from './condition-fields.tsx';
import { draftOf, newDraft, type RuleDraft, readDraft } from './rule-draft.ts';
import { useDeleteRule, useSaveRule } from './use-rules.ts';
import { WebhookFields } from './webhook-fields.tsx';

interface RulePanelProps {
  /** Null for a new one. */
  rule: AlertRule | null;
  occasion: { reason: string | undefined; namespace: string | undefined };
  onClose(): void;
}

/** A rule being written. */
export function RulePanel({ rule, occasion, onClose }: RulePanelProps) {
  const messages = useMessages().alerts;
  const title = rule?.name ?? messages.newRule;
  return (
    <SidePanel
      label={title}
      onClose={onClose}
      title={
        <>
          <p className="text-soft text-xs">{messages.editRule}</p>
          <h2 className="truncate font-medium text-md">{title}</h2>
        </>
      }
    >
      <div className="flex flex-col gap-6 p-4">
        <RuleForm rule={rule} first={rule === null ? newDraft(occasion) : draftOf(rule)} onDone={onClose} />
        {rule !== null && <DeleteRule id={rule.id} onDone={onClose} />}
      </div>
    </SidePanel>
  );
}

function RuleForm({ rule, first, onDone }: { rule: AlertRule | null; first: RuleDraft; onDone(): void }) {
  const messages = useMessages().alerts;
  const [draft, setDraft] = useState(first);
  const [tried, setTried] = useState(false);
  const save = useSaveRule();
  const read = readDraft(draft);
  const problems = new Map([...(tried ? read.problems : []), ...problemsByField(save.error)]);
  const set = (change: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...change }));
  const submit = () => {
    setTried(true);
    if (read.rule === null) return;
    const { name } = read.rule;
    save.mutate(
      { id: rule?.id ?? null, rule: read.rule },
      {
        onSuccess: () => {
          notify({ text: messages.saved(name), state: 'healthy' });
          onDone();
        },
      },
    );
  };
  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <RuleHead draft={draft} problems={problems} set={set} />
      {draft.on === 'issue' ? (
        <IssueFields condition={draft.issue} problems={problems} onChange={(change) => set({ issue: { ...draft.issue, ...change } })} />
      ) : (
        <EventFields condition={draft.event} problems={problems} onChange={(change) => set({ event: { ...draft.event, ...change } })} />
      )}
      <WebhookFields draft={draft} problems={problems} set={set} />
      <Tick label={messages.form.enabled} checked={draft.enabled} onChange={({ target }) => set({ enabled: target.checked })} />
      {save.error !== null && problems.size === 0 && <ErrorNotice what={messages.notSaved} error={save.error} />}
      <Button type="submit" look="primary" className="self-start" disabled={save.isPending}>
        {rule === null ? messages.form.make : messages.form.save}
      </Button>
    </form>
  );
}

export interface DraftFieldsProps {
  draft: RuleDraft;
  problems: ReadonlyMap<string, string>;
  set(change: Partial<RuleDraft>): void;
}

function RuleHead({ draft, problems, set }: DraftFieldsProps) {
  const { alerts } = useMessages();
  const { form } = alerts;
  const { all } = useClusters();
  const clusters = [{ value: '', label: alerts.everywhere }, ...(all ?? []).map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <>
      <Field
        label={form.name}
        maxLength={100}
        value={draft.name}
        problem={problems.get('name') ?? null}
        autoComplete="off"
        onChange={({ target }) => set({ name: target.value })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          label={form.waitFor}
          value={draft.on}
          options={[
            { value: 'issue', label: form.issues },
            { value: 'event', label: form.events },
          ]}
          onChange={({ target }) => set({ on: target.value === 'event' ? 'event' : 'issue' })}
        />
        <Choice label={form.cluster} value={draft.cluster} options={clusters} onChange={({ target }) => set({ cluster: target.value })} />
      </div>
    </>
  );
}

function DeleteRule({ id, onDone }: { id: string; onDone(): void }) {
  const messages = useMessages().alerts;
  const remove = useDeleteRule();
  return (
    <div className="flex flex-col items-start gap-3 border-t pt-4">
      <Button disabled={remove.isPending} onClick={() => remove.mutate(id, { onSuccess: onDone })}>
        {messages.remove}
      </Button>
      {remove.error !== null && <ErrorNotice what={messages.notRemoved} error={remove.error} />}
    </div>
  );
}
