import { knowledgeRoutes } from '@quarterdeck/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { useClusterScope } from '../clusters/clusters.tsx';

/** Asked of an issue that is over: whether its cause was the right one, and what helped. */
export function IssueFeedback({ issueId }: { issueId: string }) {
  const messages = useMessages().issueDetail;
  const { api } = useServices();
  const scope = useClusterScope();
  const [note, setNote] = useState('');
  const [rating, setRating] = useState<-1 | 0 | 1>(0);
  const rate = useMutation({ mutationFn: () => api.call(knowledgeRoutes.rateIssue, { ...scope, id: issueId, rating, note: note.trim() }) });
  if (rate.isSuccess) return <p role="status">{messages.feedbackSaved}</p>;
  const choose = (value: -1 | 1) => setRating((before) => (before === value ? 0 : value));
  return (
    <form
      className="flex max-w-4xl flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        rate.mutate();
      }}
    >
      <fieldset className="flex flex-wrap items-center gap-2">
        <legend className="float-left mr-2 font-medium">{messages.wasItRight}</legend>
        <Button aria-pressed={rating === 1} className={rating === 1 ? 'bg-selected!' : ''} onClick={() => choose(1)}>
          {messages.yes}
        </Button>
        <Button aria-pressed={rating === -1} className={rating === -1 ? 'bg-selected!' : ''} onClick={() => choose(-1)}>
          {messages.no}
        </Button>
      </fieldset>
      {rate.error !== null && <ErrorNotice what={messages.feedbackNotSaved} error={rate.error} />}
      {rating !== 0 && (
        <div className="flex flex-wrap items-end gap-2">
          <Field
            label={messages.whatHelped}
            value={note}
            maxLength={4000}
            autoComplete="off"
            onChange={(event) => setNote(event.target.value)}
            className="grow basis-72"
          />
          <Button type="submit" look="primary" className="h-8" disabled={rate.isPending}>
            {messages.saveFeedback}
          </Button>
        </div>
      )}
    </form>
  );
}
