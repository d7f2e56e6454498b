import type { KnowledgeOverview } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useMay } from '../session/session.tsx';
import { useRateIssue } from './use-knowledge.ts';

type Resolved = KnowledgeOverview['resolved'][number];

/** Issues that went away, with what people said of their causes and of what helped. */
export function ResolvedIssues({ resolved }: { resolved: readonly Resolved[] }) {
  const messages = useMessages().knowledge;
  if (resolved.length === 0) return <p className="text-soft">{messages.noResolved}</p>;
  return (
    <ul aria-label={messages.resolved} className="rounded border bg-surface">
      {resolved.map((issue) => (
        <Issue key={issue.id} issue={issue} />
      ))}
    </ul>
  );
}

function Issue({ issue: { id, title, text, citation, rating } }: { issue: Resolved }) {
  const messages = useMessages().knowledge;
  const mayRate = useMay('issue.dismiss');
  const [said, setSaid] = useState<-1 | 1 | null>(null);
  return (
    <li className="flex flex-col gap-1 border-b px-3 py-2 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="min-w-0 grow break-words font-medium">{title}</span>
        {rating !== 0 && <StatusMark state={rating > 0 ? 'healthy' : 'medium'} text={rating > 0 ? messages.causeRight : messages.causeWrong} />}
        {mayRate && said === null && (
          <>
            <Button aria-label={`${messages.right}: ${title}`} onClick={() => setSaid(1)}>
              {messages.right}
            </Button>
            <Button aria-label={`${messages.wrong}: ${title}`} onClick={() => setSaid(-1)}>
              {messages.wrong}
            </Button>
          </>
        )}
      </div>
      <p className="text-soft text-xs">{citation}</p>
      <p className="line-clamp-4 whitespace-pre-line break-words">{text}</p>
      {said !== null && <RateForm id={id.replace(/^resolved:.*\//, '')} rating={said} onDone={() => setSaid(null)} />}
    </li>
  );
}

function RateForm({ id, rating, onDone }: { id: string; rating: -1 | 1; onDone(): void }) {
  const { knowledge: messages, common } = useMessages();
  const [note, setNote] = useState('');
  const rate = useRateIssue();
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        rate.mutate({ id, rating, note }, { onSuccess: onDone });
      }}
    >
      <Field className="min-w-0 grow basis-56" label={messages.whatHelped} maxLength={4_000} value={note} onChange={({ target }) => setNote(target.value)} />
      <Button className="h-8" onClick={onDone}>
        {common.cancel}
      </Button>
      <Button type="submit" look="primary" className="h-8" disabled={rate.isPending}>
        {messages.say}
      </Button>
      {rate.error !== null && <ErrorNotice what={messages.notSaved} error={rate.error} />}
    </form>
  );
}
