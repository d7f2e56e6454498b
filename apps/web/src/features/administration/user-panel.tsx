import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { User } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
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
  const messages = useMessages().administration;
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
            <StatusMark state="high" text={messages.locked} /> {messages.lockedUntil.before}
            <Clock at={user.lockedUntil} />
            {messages.lockedUntil.after}
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
  const messages = useMessages().administration;
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
      <Field label={messages.name} required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      <Choice label={messages.role} options={options} value={role} onChange={(event) => setRole(event.target.value)} />
      {update.error !== null && <ErrorNotice what={messages.nothingChanged} error={update.error} />}
      <Button type="submit" className="self-start" disabled={update.isPending || (name === user.name && role === user.role.id)}>
        {messages.save}
      </Button>
    </form>
  );
}

function PolicyForm({ user }: { user: User }) {
  const messages = useMessages().administration;
  const [policy, setPolicy] = useState(user.policy);
  const set = useSetPolicy();
  const unchanged = JSON.stringify(policy) === JSON.stringify(user.policy);
  return (
    <div className="flex flex-col gap-3">
      <PolicyEditor policy={policy} onChange={setPolicy} />
      {set.error !== null && <ErrorNotice what={messages.seesNotChanged} error={set.error} />}
      <Button className="self-start" disabled={set.isPending || unchanged} onClick={() => set.mutate({ subject: { kind: 'user', id: user.id }, policy })}>
        {messages.saveSees}
      </Button>
    </div>
  );
}

function Account({ user, onRemoved }: { user: User; onRemoved(): void }) {
  const messages = useMessages().administration;
  const update = useUpdateUser();
  const reset = useResetPassword();
  const end = useEndUserSessions();
  const failure = update.error ?? reset.error ?? end.error;
  return (
    <div className="flex flex-col items-start gap-3 border-t pt-4">
      <div className="flex flex-wrap gap-2">
        <Button disabled={update.isPending} onClick={() => update.mutate({ id: user.id, disabled: !user.disabled })}>
          {user.disabled ? messages.enable : messages.disable}
        </Button>
        <Button disabled={reset.isPending} onClick={() => reset.mutate(user.id)}>
          {messages.newPassword}
        </Button>
        <Button disabled={end.isPending} onClick={() => end.mutate(user.id)}>
          {messages.logOutEverywhere}
        </Button>
        <RemoveButton user={user} onRemoved={onRemoved} />
      </div>
      {failure !== null && <ErrorNotice what={messages.failed} error={failure} />}
      {reset.data !== undefined && <ToldPassword email={user.email} password={reset.data.password} />}
      {end.data !== undefined && <p role="status">{messages.ended(end.data.sessions, end.data.tokens)}</p>}
    </div>
  );
}

function RemoveButton({ user, onRemoved }: { user: User; onRemoved(): void }) {
  const { administration: messages, common } = useMessages();
  const remove = useRemoveMember();
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className={buttonStyles.plain}>{messages.remove}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={floating.backdrop} />
        <AlertDialog.Popup className={`${floating.popup} fixed top-[12vh] left-1/2 w-[min(30rem,94vw)] -translate-x-1/2 p-4`}>
          <AlertDialog.Title className="font-medium text-md">{messages.removeTitle(user.name)}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 text-soft">{messages.removeNote}</AlertDialog.Description>
          {remove.error !== null && (
            <div className="mt-3">
              <ErrorNotice what={messages.notRemoved} error={remove.error} />
            </div>
          )}
          <div className="mt-4 flex justify-end gap-2">
            <AlertDialog.Close className={buttonStyles.plain}>{common.cancel}</AlertDialog.Close>
            <Button look="primary" disabled={remove.isPending} onClick={() => remove.mutate(user.id, { onSuccess: onRemoved })}>
              {messages.takeOut}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
