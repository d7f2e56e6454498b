import { Menu } from '@base-ui/react/menu';
import { authRoutes, type Session } from '@quarterdeck/contract';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CircleUser } from 'lucide-react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { floating } from '../../ui/floating.ts';
import { isRestricted, useAnotherPerson, useMay, useSession } from './session.tsx';

/** Who is logged in, and what belongs to them. Only where people log in. */
export function AccountMenu() {
  const messages = useMessages().session;
  const session = useSession();
  const navigate = useNavigate();
  const { api } = useServices();
  const anotherPerson = useAnotherPerson();
  const logOut = useMutation({ mutationFn: () => api.call(authRoutes.logOut, {}), onSettled: anotherPerson });
  const manages = useMay('identity.manage');
  const acts = useMay('action.read');
  const audits = useMay('audit.read');
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonStyles.icon} aria-label={messages.menu(session.name)} title={session.name}>
        <CircleUser />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-50">
          <Menu.Popup className={floating.menu}>
            <Who session={session} />
            <Menu.Separator className="my-1 border-t" />
            <Menu.Item className={floating.item} onClick={() => void navigate({ to: '/account', search: {} })}>
              {messages.account}
            </Menu.Item>
            {manages && (
              <>
                <Menu.Item className={floating.item} onClick={() => void navigate({ to: '/admin/users', search: {} })}>
                  {messages.users}
                </Menu.Item>
                <Menu.Item className={floating.item} onClick={() => void navigate({ to: '/admin/roles', search: {} })}>
                  {messages.roles}
                </Menu.Item>
              </>
            )}
            {acts && (
              <Menu.Item className={floating.item} onClick={() => void navigate({ to: '/actions', search: {} })}>
                {messages.actions}
              </Menu.Item>
            )}
            {audits && (
              <Menu.Item className={floating.item} onClick={() => void navigate({ to: '/audit', search: {} })}>
                {messages.audit}
              </Menu.Item>
            )}
            <Menu.Separator className="my-1 border-t" />
            <Menu.Item className={floating.item} onClick={() => logOut.mutate()}>
              {messages.logOut}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Who({ session }: { session: Session }) {
  const messages = useMessages().session;
  const role = session.organisations.find(({ id }) => id === session.organisation?.id)?.role;
  const organisation = session.organisation?.name;
  return (
    <div className="max-w-72 px-2 py-1.5">
      <p className="truncate font-medium">{session.name}</p>
      <p className="truncate text-soft">{session.user}</p>
      <p className="truncate text-soft text-xs">
        {role !== undefined && organisation !== undefined ? messages.roleIn(role, organisation) : (role ?? organisation)}
      </p>
      {isRestricted(session.policy) && <p className="text-soft text-xs">{messages.restricted}</p>}
    </div>
  );
}
