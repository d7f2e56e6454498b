import type { ChangeOf } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Choice, Field, Tick } from '../../ui/field.tsx';
import { FormDialog } from './form-dialog.tsx';
import type { ActionFormProps } from './object-action.ts';
import { removalOf } from './removal.ts';
import { whatOf } from './what-of.ts';

type Deletion = ChangeOf<'delete'>;

export interface DeleteOptions {
  grace: string;
  force: boolean;
  propagation: NonNullable<Deletion['propagation']>;
}

/** What of a deletion is asked for; null where the grace period is none. A deletion at once is only ever said by `force`. */
export function deletionOf({ grace, force, propagation }: DeleteOptions): Pick<Deletion, 'gracePeriodSeconds' | 'propagation'> | null {
  const how = propagation === 'background' ? {} : { propagation };
  if (force) return { ...how, gracePeriodSeconds: 0 };
  if (grace.trim() === '') return how;
  return /^[1-9]\d{0,5}$/.test(grace.trim()) ? { ...how, gracePeriodSeconds: Number(grace) } : null;
}

function optionsOf(change: Deletion | null): DeleteOptions {
  const seconds = change?.gracePeriodSeconds;
  return { grace: seconds === undefined || seconds === 0 ? '' : String(seconds), force: seconds === 0, propagation: change?.propagation ?? 'background' };
}

/** Another way of deletion than the usual one. */
export function DeleteForm({ targets, draft, onDraft, onCancel }: ActionFormProps) {
  const messages = useMessages();
  const words = messages.objectActions;
  const before = draft?.steps?.[0]?.change;
  const [options, setOptions] = useState(() => optionsOf(before?.verb === 'delete' ? before : null));
  const how = deletionOf(options);
  const objects = targets.map(({ object }) => object);
  const submit = () => how !== null && onDraft(removalOf(targets, (target) => ({ verb: 'delete', target, ...how })));
  return (
    <FormDialog title={words.does.delete(whatOf(objects, messages))} ready={how !== null} onSubmit={submit} onCancel={onCancel}>
      <Choice
        label={words.propagation}
        value={options.propagation}
        onChange={({ target: { value } }) => setOptions({ ...options, propagation: value === 'foreground' || value === 'orphan' ? value : 'background' })}
        options={[
          { value: 'background', label: words.propagationDefault },
          { value: 'foreground', label: words.propagationForeground },
          { value: 'orphan', label: words.propagationOrphan },
        ]}
      />
      <Field
        label={words.gracePeriod}
        inputMode="numeric"
        disabled={options.force}
        value={options.grace}
        note={words.gracePeriodNote}
        problem={how === null ? words.gracePeriodProblem : null}
        onChange={(event) => setOptions({ ...options, grace: event.target.value })}
      />
      <Tick
        label={
          <>
            {words.force}
            <span className="block text-soft">{words.forceNote}</span>
          </>
        }
        checked={options.force}
        onChange={(event) => setOptions({ ...options, force: event.target.checked })}
      />
    </FormDialog>
  );
}
