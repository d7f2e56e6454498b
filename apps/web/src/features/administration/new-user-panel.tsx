import type { AccessPolicy } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Choice, Field } from '../../ui/field.tsx';
import { problemsByField } from '../../ui/form-problems.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { PolicyEditor } from './policy-editor.tsx';
import { ToldPassword } from './told-password.tsx';
import { useCreateUser, useRoles } from './use-administration.ts';

/** Takes somebody into the organisation. */
export function NewUserPanel({ onClose }: { onClose(): void }) {
  const { addSomebody } = useMessages().administration;
  const create = useCreateUser();
  return (
    <SidePanel label={addSomebody} title={<h2 className="font-medium text-md">{addSomebody}</h2>} onClose={onClose}>
      <div className="p-4">{create.data === undefined ? <NewUserForm create={create} /> : <Added created={create.data} onClose={onClose} />}</div>
    </SidePanel>
  );
}

type Create = ReturnType<typeof useCreateUser>;

function Added({ created: { user, password }, onClose }: { created: NonNullable<Create['data']>; onClose(): void }) {
  const messages = useMessages().administration;
  return (
    <div className="flex flex-col gap-3">
      <p>{messages.added(user.name, user.role.name)}</p>
      {password === null ? <p className="text-soft">{messages.logInAsBefore}</p> : <ToldPassword email={user.email} password={password} />}
      <Button className="self-end" onClick={onClose}>
        {messages.done}
      </Button>
    </div>
  );
}

function NewUserForm({ create }: { create: Create }) {
  const messages = useMessages().administration;
  const roles = useRoles();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState('');
  const [policy, setPolicy] = useState<AccessPolicy | null>(null);
  const problems = problemsByField(create.error);
  const offered = (roles.data ?? []).map((each) => ({ value: each.id, label: each.name }));
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name, email, role, policy });
      }}
    >
      <Field label={messages.name} required value={name} problem={problems.get('name') ?? null} onChange={(event) => setName(event.target.value)} />
      <Field
        label={messages.email}
        type="email"
        autoComplete="off"
        required
        value={email}
        problem={problems.get('email') ?? null}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Choice
        label={messages.role}
        required
        options={[{ value: '', label: messages.chooseRole }, ...offered]}
        value={role}
        onChange={(event) => setRole(event.target.value)}
      />
      <PolicyEditor policy={policy} onChange={setPolicy} />
      {create.error !== null && problems.size === 0 && <ErrorNotice what={messages.notAdded} error={create.error} />}
      <Button type="submit" look="primary" className="self-end" disabled={create.isPending}>
        {messages.add}
      </Button>
    </form>
  );
}
