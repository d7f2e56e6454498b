import { useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { problemsByField } from '../../ui/form-problems.ts';
import { useChangeProvider } from './use-setup.ts';

/** A server of one's own; its key and models follow in its panel, which opens then. */
export function EndpointForm({ taken, onClose }: { taken: readonly string[]; onClose(): void }) {
  const { providers: messages, common } = useMessages();
  const navigate = useNavigate();
  const [id, setId] = useState('');
  const [baseUrl, setBaseUrl] = useState('');
  const save = useChangeProvider();
  const problems = problemsByField(save.error);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const opened = () => {
      onClose();
      void navigate({ to: '/ai/providers', search: { provider: id } });
    };
    save.mutate({ id, baseUrl }, { onSuccess: opened });
  };
  return (
    <form className="flex max-w-xl flex-col gap-3 rounded border bg-surface p-3" onSubmit={submit}>
      <p className="text-soft">{messages.newEndpointNote}</p>
      <Field
        label={messages.id}
        note={messages.idNote}
        required
        pattern="[a-z][a-z0-9\-]{0,40}"
        spellCheck={false}
        value={id}
        problem={taken.includes(id) ? messages.taken : (problems.get('id') ?? null)}
        onChange={(event) => setId(event.target.value)}
      />
      <Field
        label={messages.address}
        note={messages.addressNote('http://127.0.0.1:8080/v1')}
        required
        type="url"
        spellCheck={false}
        value={baseUrl}
        problem={problems.get('baseUrl') ?? null}
        onChange={(event) => setBaseUrl(event.target.value)}
      />
      {save.error !== null && problems.size === 0 && <ErrorNotice what={messages.notSaved} error={save.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{common.cancel}</Button>
        <Button type="submit" look="primary" disabled={save.isPending || taken.includes(id)}>
          {messages.make}
        </Button>
      </div>
    </form>
  );
}
