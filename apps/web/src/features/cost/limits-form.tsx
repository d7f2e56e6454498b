import type { AssistantLimits } from '@quarterdeck/contract';
import { type SubmitEvent, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { problemsByField } from '../../ui/form-problems.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useMay } from '../session/session.tsx';
import { limitFields, limitsDraft, readLimits } from './limits-draft.ts';
import { useLimits, useSetLimits } from './use-usage.ts';

/** What may be asked and spent; who may not set it sees it. */
export function LimitsForm() {
  const messages = useMessages().cost;
  const limits = useLimits();
  if (limits.error !== null) return <ErrorNotice what={messages.limitsNotRead} error={limits.error} onRetry={() => limits.refetch()} />;
  if (limits.data === undefined) return <SkeletonLines widths={['40%', '40%', '40%']} />;
  return <Fields limits={limits.data} />;
}

function Fields({ limits }: { limits: AssistantLimits }) {
  const messages = useMessages().cost;
  const mayManage = useMay('ai:manage');
  const [draft, setDraft] = useState(() => limitsDraft(limits));
  const save = useSetLimits();
  const problems = problemsByField(save.error);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate(readLimits(draft));
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <p className="max-w-3xl text-soft">{messages.limitsNote}</p>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-3">
        {limitFields.map(({ id, unit, least, optional }) => (
          <Field
            key={id}
            label={messages.fields[id]}
            type="number"
            min={least}
            step={unit === 'dollars' ? 'any' : 1}
            required={!optional}
            disabled={!mayManage}
            placeholder={messages.noLimit}
            value={draft[id]}
            problem={problems.get(id) ?? null}
            onChange={({ target }) => setDraft({ ...draft, [id]: target.value })}
          />
        ))}
      </div>
      {save.error !== null && problems.size === 0 && <ErrorNotice what={messages.notSaved} error={save.error} />}
      {mayManage ? (
        <div className="flex items-center gap-3">
          <Button type="submit" look="primary" disabled={save.isPending}>
            {messages.save}
          </Button>
          <span role="status">{save.isSuccess && <StatusMark state="healthy" text={messages.saved} />}</span>
        </div>
      ) : (
        <p className="text-soft">{messages.mayNot}</p>
      )}
    </form>
  );
}
