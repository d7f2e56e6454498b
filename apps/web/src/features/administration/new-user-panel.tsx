import type { AccessPolicy } from '@quarterdeck/contract';
import { useState } from 'react';
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
  const create = useCreateUser();
  return (
    <SidePanel label="Add somebody" title={<h2 className="font-medium text-md">Add somebody</h2>} onClose={onClose}>
      <div className="p-4">{create.data === undefined ? <NewUserForm create={create} /> : <Added created={create.data} onClose={onClose} />}</div>
    </SidePanel>
  );
}

type Create = ReturnType<typeof useCreateUser>;

function Added({ created: { user, password }, onClose }: { created: NonNullable<Create['data']>; onClose(): void }) {
  return (
    <div className="flex flex-col gap-3">
      <p>
        {user.name} is in the organisation as {user.role.name}.
      </p>
      {password === null ? <p className="text-soft">They log in as before.</p> : <ToldPassword email={user.email} password={password} />}
      <Button className="self-end" onClick={onClose}>
        Done
      </Button>
    </div>
  );
}

function NewUserForm({ create }: { create: Create }) {
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
      <Field label="Name" required value={name} problem={problems.get('name') ?? null} onChange={(event) => setName(event.target.value)} />
      <Field
        label="E-mail address"
        type="email"
        autoComplete="off"
        required
        value={email}
        problem={problems.get('email') ?? null}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Choice
        label="Role"
        required
        options={[{ value: '', label: 'Choose a role' }, ...offered]}
        value={role}
        onChange={(event) => setRole(event.target.value)}
      />
      <PolicyEditor policy={policy} onChange={setPolicy} />
      {create.error !== null && problems.size === 0 && <ErrorNotice what="Nobody was added" error={create.error} />}
      <Button type="submit" look="primary" className="self-end" disabled={create.isPending}>
        Add
      </Button>
    </form>
  );
}
