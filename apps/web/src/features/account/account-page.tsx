import { useMessages } from '../../messages/language.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { PolicyText } from '../administration/policy-text.tsx';
import { useMay, useSession } from '../session/session.tsx';
import { PasswordForm } from './password-form.tsx';
import { SessionList } from './session-list.tsx';
import { TokenList } from './token-list.tsx';

/** What belongs to the person who is logged in. */
export function AccountPage() {
  const messages = useMessages().account;
  const session = useSession();
  const mayManage = useMay('account.manage') && session.mode === 'team';
  return (
    <>
      <PageHeader title={messages.title} />
      <div className="flex min-h-0 max-w-3xl flex-col gap-8 overflow-y-auto px-3 pb-8">
        <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-y-1">
          <dt className="text-soft">{messages.name}</dt>
          <dd>{session.name}</dd>
          <dt className="text-soft">{messages.logsInAs}</dt>
          <dd className="break-words">{session.user}</dd>
          <dt className="text-soft">{messages.sees}</dt>
          <dd>
            <PolicyText policy={session.policy} />
          </dd>
        </dl>
        {session.password && mayManage && <PasswordForm />}
        {mayManage && <TokenList />}
        {mayManage && <SessionList />}
      </div>
    </>
  );
}
