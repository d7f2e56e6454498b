import type { Permission } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Choice, Field } from '../../ui/field.tsx';
import { problemsByField } from '../../ui/form-problems.ts';
import { PermissionPicker } from '../administration/permission-picker.tsx';
import { useSession } from '../session/session.tsx';
import type { useTokens } from './use-account.ts';

/** Days. */
const lifetimes = [7, 30, 90, 365];

/** A token never may more than who makes it, and is best made for little. */
export function TokenForm({ create }: { create: ReturnType<typeof useTokens>['create'] }) {
  const messages = useMessages().account;
  const { permissions } = useSession();
  const [name, setName] = useState('');
  const [days, setDays] = useState('30');
  const [scopes, setScopes] = useState<readonly Permission[]>([]);
  const problems = problemsByField(create.error);
  return (
    <form
      className="mt-3 flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name, scopes: [...scopes], expiresInDays: Number(days) });
      }}
    >
      <Field
        label={messages.name}
        note={messages.tokenNote}
        required
        maxLength={100}
        value={name}
        problem={problems.get('name') ?? null}
        onChange={(event) => setName(event.target.value)}
      />
      <Choice
        label={messages.endsAfter}
        options={lifetimes.map((each) => ({ value: String(each), label: messages.days(each) }))}
        value={days}
        onChange={(event) => setDays(event.target.value)}
      />
      <PermissionPicker legend={messages.may} offered={permissions} chosen={scopes} onChange={setScopes} />
      {create.error !== null && problems.size === 0 && <ErrorNotice what={messages.notMade} error={create.error} />}
      <Button type="submit" look="primary" className="self-end" disabled={create.isPending || scopes.length === 0}>
        {messages.make}
      </Button>
    </form>
  );
}
