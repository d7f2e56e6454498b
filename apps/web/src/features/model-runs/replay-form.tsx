import type { ModelRun } from '@quarterdeck/contract';
import { type SubmitEvent, useId, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { useSetup } from '../providers/use-setup.ts';
import { useReplay } from './use-runs.ts';

/** The same bytes to another model: nothing is looked up anew, and nothing changes. */
export function ReplayForm({ run, onReplayed }: { run: ModelRun; onReplayed(run: string): void }) {
  const messages = useMessages().modelRuns;
  const list = useId();
  const setup = useSetup();
  const replay = useReplay();
  const known = [...new Set([...(setup.data?.choice.use ?? []), ...(setup.data?.choice.plans ?? [])])];
  const [model, setModel] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    replay.mutate({ id: run.id, model: model.trim() }, { onSuccess: ({ id }) => onReplayed(id) });
  };
  return (
    <form className="flex flex-col gap-2" onSubmit={submit}>
      <div className="flex flex-wrap items-end gap-2">
        <Field
          className="min-w-0 grow basis-56"
          label={messages.replayModel}
          list={list}
          required
          pattern="[\w.\-]+/\S+"
          placeholder={messages.replayForm}
          spellCheck={false}
          autoComplete="off"
          value={model}
          onChange={({ target }) => setModel(target.value)}
        />
        <datalist id={list}>
          {known.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Button type="submit" className="h-8" disabled={replay.isPending}>
          {replay.isPending ? messages.replaying : messages.replayNow}
        </Button>
      </div>
      <p className="text-soft text-xs">{messages.replayNote}</p>
      {replay.error !== null && <ErrorNotice what={messages.notReplayed} error={replay.error} />}
    </form>
  );
}
