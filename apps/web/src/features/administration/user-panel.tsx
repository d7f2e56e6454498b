import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { User } from '@quarterdeck/contract';
import { useState } from 'react';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Choice, Field } from '../../ui/field.tsx';
import { floating } from '../../ui/floating.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Clock } from '../../ui/time.tsx';
import { PolicyEditor } from './policy-editor.tsx';
import { ToldPassword } from './told-password.tsx';
import { useEndUserSessions, useRemoveMember, useResetPassword, useRoles, useSetPolicy, useUpdateUser } from './use-administration.ts';

/** One person: what they may and see, and how their account is closed and opened again. */
export function UserPanel({ user, onClose }: { user: User; onClose(): void }) {
  return (
    <SidePanel
      label={user.name}
      title={
        <>
          <h2 className="truncate font-medium text-md">{user.name}</h2>
          <p className="truncate text-soft">{user.email}</p>
        </>
      }
      onClose={onClose}
    >
      <div className="flex flex-col gap-6 p-4">
        {user.lockedUntil !== null && (
          <p>
            <StatusMark state="high" text="Locked" /> until <Clock at={user.lockedUntil} /> after too many wrong passwords. A new password unlocks it.
          </p>
        )}
        <RoleForm user={user} />
        <PolicyForm user={user} />
        <Account user={user} onRemoved={onClose} />
      </div>
    </SidePanel>
  );
}

function RoleForm({ user }: { user: User }) {
  const roles = useRoles();
  const update = useUpdateUser();
  const [name, setName] = useState(user.name);
  const [role, setRole] = useState(user.role.id);
  const options = (roles.data ?? [user.role]).map((each) => ({ value: each.id, label: each.name }));
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate({ id: user.id, name, role });
      }}
    >
      <Field label="Name" required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      <Choice label="Role" options={options} value={role} onChange={(event) => setRole(event.target.value)} />
      {update.error !== null && <ErrorNotice what="Nothing was changed" error={update.error} />}
      <Button type="submit" className="self-start" disabled={update.isPending || (name === user.name && role === user.role.id)}>
        Save
      </Button>
    </form>
  );
}

function PolicyForm({ user }: { user: User }) {
  const [policy, setPolicy] = useState(user.policy);
  const set = useSetPolicy();
  const unchanged = JSON.stringify(policy) === JSON.stringify(user.policy);
  return (
    <div className="flex flex-col gap-3">
      <PolicyEditor policy={policy} onChange={setPolicy} />
      {set.error !== null && <ErrorNotice what="They see what they saw" error={set.error} />}
      <Button className="self-start" disabled={set.isPending || unchanged} onClick={() => set.mutate({ subject: { kind: 'user', id: user.id }, policy })}>
        Save what they see
      </Button>
    </div>
  );
}

function Account({ user, onRemoved }: { user: User; onRemoved(): void }) {
  const update = useUpdateUser();
  const reset = useResetPassword();
  const end = useEndUserSessions();
  const failure = update.error ?? reset.error ?? end.error;
  return (
    <div className="flex flex-col items-start gap-3 border-t pt-4">
      <div className="flex flex-wrap gap-2">
        <Button disabled={update.isPending} onClick={() => update.mutate({ id: user.id, disabled: !user.disabled })}>
          {user.disabled ? 'Enable the account' : 'Disable the account'}
        </Button>
        <Button disabled={reset.isPending} onClick={() => reset.mutate(user.id)}>
          New password
        </Button>
        <Button disabled={end.isPending} onClick={() => end.mutate(user.id)}>
          Log out everywhere
        </Button>
        <RemoveButton user={user} onRemoved={onRemoved} />
      </div>
      {failure !== null && <ErrorNotice what="That did not work" error={failure} />}
      {reset.data !== undefined && <ToldPassword email={user.email} password={reset.data.password} />}
      {end.data !== undefined && (
        <p role="status">
          Ended: {end.data.sessions} sessions and {end.data.tokens} tokens.
        </p>
      )}
    </div>
  );
}

function RemoveButton({ user, onRemoved }: { user: User; onRemoved(): void }) {
  const remove = useRemoveMember();
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className={buttonStyles.plain}>Remove</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={floating.backdrop} />
        <AlertDialog.Popup className={`${floating.popup} fixed top-[12vh] left-1/2 w-[min(30rem,94vw)] -translate-x-1/2 p-4`}>
          <AlertDialog.Title className="font-medium text-md">Take {user.name} out of the organisation?</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 text-soft">
            They are logged out at once. What they did stays in the audit under their name.
          </AlertDialog.Description>
          {remove.error !== null && (
            <div className="mt-3">
              <ErrorNotice what="They are still in it" error={remove.error} />
            </div>
          )}
          <div className="mt-4 flex justify-end gap-2">
            <AlertDialog.Close className={buttonStyles.plain}>Cancel</AlertDialog.Close>
            <Button look="primary" disabled={remove.isPending} onClick={() => remove.mutate(user.id, { onSuccess: onRemoved })}>
              Take out
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
