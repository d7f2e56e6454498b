import { grantedPermissions, type Permission, type Role } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { problemsByField } from '../../ui/form-problems.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useSession } from '../session/session.tsx';
import { PermissionPicker } from './permission-picker.tsx';
import { PolicyEditor } from './policy-editor.tsx';
import { useDeleteRole, useSaveRole, useSetPolicy } from './use-administration.ts';

interface RolePanelProps {
  /** Null for a new one. */
  role: Role | null;
  onClose(): void;
}

/** A role: what its holders may, and what they see. Of a built-in one, what they see alone can be changed. */
export function RolePanel({ role, onClose }: RolePanelProps) {
  const { newRole } = useMessages().administration;
  const title = role?.name ?? newRole;
  return (
    <SidePanel label={title} title={<h2 className="truncate font-medium text-md">{title}</h2>} onClose={onClose}>
      <div className="flex flex-col gap-6 p-4">
        {role?.builtIn === true ? <BuiltIn role={role} /> : <RoleForm role={role} onDone={onClose} />}
        {role !== null && !role.builtIn && <DeleteRole role={role} onDone={onClose} />}
      </div>
    </SidePanel>
  );
}

function BuiltIn({ role }: { role: Role }) {
  const messages = useMessages().administration;
  const [policy, setPolicy] = useState(role.policy);
  const set = useSetPolicy();
  return (
    <>
      <p>{role.description}</p>
      <section aria-labelledby="may-title">
        <h3 id="may-title" className="mb-1 text-soft text-xs">
          {messages.may}
        </h3>
        <ul className="grid grid-cols-1 gap-x-4 sm:grid-cols-2">
          {role.permissions.map((permission) => (
            <li key={permission}>{permission}</li>
          ))}
        </ul>
      </section>
      <PolicyEditor policy={policy} onChange={setPolicy} />
      {set.error !== null && <ErrorNotice what={messages.nothingChanged} error={set.error} />}
      <Button className="self-start" disabled={set.isPending} onClick={() => set.mutate({ subject: { kind: 'role', id: role.id }, policy })}>
        {messages.saveSees}
      </Button>
    </>
  );
}

function RoleForm({ role, onDone }: { role: Role | null; onDone(): void }) {
  const messages = useMessages().administration;
  const { permissions: own } = useSession();
  const save = useSaveRole();
  const [name, setName] = useState(role?.name ?? '');
  const [description, setDescription] = useState(role?.description ?? '');
  const [grants, setGrants] = useState<readonly Permission[]>(grantedPermissions(role?.grants ?? []));
  const [policy, setPolicy] = useState(role?.policy ?? null);
  const problems = problemsByField(save.error);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ id: role?.id ?? null, name, description, grants: [...grants], policy }, { onSuccess: onDone });
      }}
    >
      <Field
        label={messages.name}
        required
        maxLength={60}
        value={name}
        problem={problems.get('name') ?? null}
        onChange={(event) => setName(event.target.value)}
      />
      <Field label={messages.for} maxLength={300} value={description} onChange={(event) => setDescription(event.target.value)} />
      <PermissionPicker legend={messages.may} offered={own} chosen={grants} onChange={setGrants} />
      <PolicyEditor policy={policy} onChange={setPolicy} />
      {save.error !== null && problems.size === 0 && <ErrorNotice what={messages.roleNotChanged} error={save.error} />}
      <Button type="submit" look="primary" className="self-start" disabled={save.isPending}>
        {role === null ? messages.makeRole : messages.save}
      </Button>
    </form>
  );
}

function DeleteRole({ role, onDone }: { role: Role; onDone(): void }) {
  const messages = useMessages().administration;
  const remove = useDeleteRole();
  const isHeld = role.holders > 0;
  return (
    <div className="flex flex-col items-start gap-3 border-t pt-4">
      <Button disabled={isHeld || remove.isPending} onClick={() => remove.mutate(role.id, { onSuccess: onDone })}>
        {messages.deleteRole}
      </Button>
      {isHeld && <p className="text-soft">{messages.heldNote}</p>}
      {remove.error !== null && <ErrorNotice what={messages.notDeleted} error={remove.error} />}
    </div>
  );
}
