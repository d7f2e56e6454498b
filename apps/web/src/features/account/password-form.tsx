import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { problemsByField } from '../../ui/form-problems.ts';
import { usePasswordChange } from './use-account.ts';

export function PasswordForm() {
  const messages = useMessages().account;
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = usePasswordChange();
  const problems = problemsByField(change.error);
  const submit = () =>
    change.mutate(
      { current, next },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
        },
      },
    );
  return (
    <section aria-labelledby="password-title">
      <h2 id="password-title" className="mb-2 font-medium text-md">
        {messages.password}
      </h2>
      <form
        className="flex max-w-sm flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label={messages.current}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          problem={problems.get('current') ?? null}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <Field
          label={messages.next}
          type="password"
          note={messages.nextNote}
          autoComplete="new-password"
          required
          value={next}
          problem={problems.get('next') ?? null}
          onChange={(event) => setNext(event.target.value)}
        />
        {change.error !== null && problems.size === 0 && <ErrorNotice what={messages.notChanged} error={change.error} />}
        {change.isSuccess && <p role="status">{messages.changed}</p>}
        <Button type="submit" className="self-start" disabled={change.isPending}>
          {messages.change}
        </Button>
      </form>
    </section>
  );
}
