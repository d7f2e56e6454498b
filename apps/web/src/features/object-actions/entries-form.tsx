import { Plus, Undo2, X } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { draftOf } from './change-action.ts';
import { commonEntries, type EntryEdits, type EntryKind, entriesOf, isKey, isValue } from './entries.ts';
import { FormDialog } from './form-dialog.tsx';
import type { ActionFormProps } from './object-action.ts';
import { ObjectsNow } from './objects-now.tsx';
import { useObjects } from './use-objects.ts';
import { whatOf } from './what-of.ts';

export function LabelsForm(props: ActionFormProps) {
  return <EntriesForm kind="label" {...props} />;
}

export function AnnotationsForm(props: ActionFormProps) {
  return <EntriesForm kind="annotate" {...props} />;
}

const blank = () => ({ id: crypto.randomUUID(), key: '', value: '' });

/** What there is can be changed and taken away, and new ones can be set; of several objects, on all of them. */
function EntriesForm({ kind, targets, onDraft, onCancel }: ActionFormProps & { kind: EntryKind }) {
  const messages = useMessages();
  const read = useObjects(targets);
  const [edits, setEdits] = useState<EntryEdits>({ changed: new Map(), added: [blank()] });
  const now = commonEntries(read.objects ?? [], kind);
  const entries = entriesOf(edits, now);
  const problems = edits.added.some(({ key, value }) => (key === '' ? value !== '' : !isKey(key) || !isValue(kind, value) || now.has(key)));
  const valid = !problems && Object.values(entries).every((value) => value === null || isValue(kind, value));
  const objects = targets.map(({ object }) => object);
  const submit = () => onDraft(draftOf(targets, (target) => ({ verb: kind, target, entries, overwrite: true })));
  const title = messages.objectActions.does[kind](whatOf(objects, messages));
  return (
    <FormDialog title={title} ready={read.objects !== null && valid && Object.keys(entries).length > 0} onSubmit={submit} onCancel={onCancel}>
      <ObjectsNow read={read}>
        {() => (
          <>
            <Added kind={kind} now={now} added={edits.added} onChange={(added) => setEdits({ ...edits, added })} />
            <Existing kind={kind} now={now} changed={edits.changed} onChange={(changed) => setEdits({ ...edits, changed })} />
          </>
        )}
      </ObjectsNow>
    </FormDialog>
  );
}

interface ExistingProps {
  kind: EntryKind;
  now: ReadonlyMap<string, string | null>;
  changed: EntryEdits['changed'];
  onChange(changed: EntryEdits['changed']): void;
}

function Existing({ kind, now, changed, onChange }: ExistingProps) {
  const { noEntries } = useMessages().objectActions;
  if (now.size === 0) return <p className="text-soft">{noEntries}</p>;
  const set = (key: string, value: string | null | undefined) => {
    const next = new Map(changed);
    if (value === undefined) next.delete(key);
    else next.set(key, value);
    onChange(next);
  };
  return (
    <ul className="flex flex-col gap-2 border-t pt-3">
      {[...now].map(([key, value]) => (
        <ExistingEntry key={key} kind={kind} name={key} now={value} wanted={changed.get(key)} onWanted={(wanted) => set(key, wanted)} />
      ))}
    </ul>
  );
}

interface ExistingEntryProps {
  kind: EntryKind;
  name: string;
  now: string | null;
  /** Undefined while it stays as it is. */
  wanted: string | null | undefined;
  onWanted(wanted: string | null | undefined): void;
}

function ExistingEntry({ kind, name, now, wanted, onWanted }: ExistingEntryProps) {
  const { removeEntry, keepEntry, removed, various, valueProblem } = useMessages().objectActions;
  const label = wanted === null ? keepEntry(name) : removeEntry(name);
  const value = wanted ?? now ?? '';
  return (
    <li className="flex items-end gap-2">
      <Field
        className="min-w-0 grow"
        label={name}
        value={value}
        disabled={wanted === null}
        spellCheck={false}
        autoComplete="off"
        problem={isValue(kind, value) ? null : valueProblem}
        {...(wanted === null ? { note: removed } : now === null ? { placeholder: various } : {})}
        onChange={(event) => onWanted(event.target.value)}
      />
      <Button look="icon" className="mb-0.5" aria-label={label} title={label} onClick={() => onWanted(wanted === null ? undefined : null)}>
        {wanted === null ? <Undo2 /> : <X />}
      </Button>
    </li>
  );
}

interface AddedProps {
  kind: EntryKind;
  now: ReadonlyMap<string, string | null>;
  added: EntryEdits['added'];
  onChange(added: EntryEdits['added']): void;
}

function Added({ kind, now, added, onChange }: AddedProps) {
  const { key: keyLabel, value: valueLabel, keyProblem, valueProblem, keyTaken, addEntry } = useMessages().objectActions;
  const set = (id: string, change: Partial<(typeof added)[number]>) => onChange(added.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)));
  return (
    <>
      {added.map(({ id, key, value }, index) => (
        <div key={id} className="flex items-start gap-2">
          <Field
            className="min-w-0 grow"
            label={keyLabel}
            value={key}
            autoFocus={index === added.length - 1}
            spellCheck={false}
            autoComplete="off"
            problem={key === '' || isKey(key) ? (now.has(key) ? keyTaken : null) : keyProblem}
            onChange={(event) => set(id, { key: event.target.value.trim() })}
          />
          <Field
            className="min-w-0 grow"
            label={valueLabel}
            value={value}
            spellCheck={false}
            autoComplete="off"
            problem={isValue(kind, value) ? null : valueProblem}
            onChange={(event) => set(id, { value: event.target.value })}
          />
        </div>
      ))}
      <Button className="self-start" onClick={() => onChange([...added, blank()])}>
        <Plus />
        {addEntry}
      </Button>
    </>
  );
}
