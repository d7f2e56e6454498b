import type { User } from '@quarterdeck/contract';
import { useMemo, useState } from 'react';
import { type Messages, useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { Age } from '../../ui/time.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { NewUserPanel } from './new-user-panel.tsx';
import { PolicyText } from './policy-text.tsx';
import { useUsers } from './use-administration.ts';
import { UserPanel } from './user-panel.tsx';

/** The people of the organisation: who they are, what they may, what they see. */
export function UsersPage() {
  const messages = useMessages().administration;
  const columns = useMemo(() => columnsOf(messages), [messages]);
  const users = useUsers();
  const [filter, setFilter] = useState('');
  const [open, setOpen] = useState<string | 'new' | null>(null);
  const isNarrow = useMedia(narrow);
  const words = filter.toLowerCase().split(/\s+/);
  const shown = (users.data ?? []).filter((user) => words.every((word) => `${user.name} ${user.email} ${user.role.name}`.toLowerCase().includes(word)));
  const chosen = users.data?.find(({ id }) => id === open);
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <PageHeader title={messages.users} total={users.data?.length ?? null}>
        <SearchBox value={filter} onChange={setFilter} label={messages.filterUsers} />
        <span className="grow" />
        {users.data !== undefined && (
          <Button look="primary" onClick={() => setOpen('new')}>
            {messages.addSomebody}
          </Button>
        )}
      </PageHeader>
      {users.error !== null && (
        <PageInset>
          <ErrorNotice what={messages.usersNotRead} error={users.error} onRetry={() => users.refetch()} />
        </PageInset>
      )}
      {users.data !== undefined && (
        <DataTable
          label={messages.users}
          columns={isNarrow ? columns.slice(0, 2) : columns}
          total={shown.length}
          itemAt={(index) => shown[index]}
          keyOf={(user) => user.id}
          sort=""
          onSort={() => undefined}
          onOpen={(user) => setOpen(user.id)}
          openKey={open ?? undefined}
          instead={<p className="px-3 py-8 text-soft">{messages.nobodyMatches(filter)}</p>}
        />
      )}
      {open === 'new' && <NewUserPanel onClose={() => setOpen(null)} />}
      {chosen !== undefined && <UserPanel key={chosen.id} user={chosen} onClose={() => setOpen(null)} />}
    </div>
  );
}

function stateOf(user: User, states: Messages['administration']['states']) {
  if (user.disabled) return <StatusMark state="paused" text={states.disabled} />;
  if (user.lockedUntil !== null) return <StatusMark state="high" text={states.locked} />;
  return <StatusMark state="healthy" text={states.active} />;
}

const plain = { align: 'left', sortable: false } as const;

const columnsOf = (messages: Messages['administration']): readonly TableColumn<User>[] => [
  { ...plain, id: 'name', label: messages.name, width: 180, render: (user) => <span className="block truncate font-medium">{user.name}</span> },
  { ...plain, id: 'state', label: messages.columns.state, width: 120, render: (user) => stateOf(user, messages.states) },
  { ...plain, id: 'email', label: messages.email, width: 240, grow: true, render: (user) => <span className="block truncate">{user.email}</span> },
  { ...plain, id: 'role', label: messages.role, width: 130, render: (user) => user.role.name },
  {
    ...plain,
    id: 'sees',
    label: messages.sees,
    width: 260,
    grow: true,
    render: (user) => (
      <span className="block truncate">
        <PolicyText policy={user.effectivePolicy} />
      </span>
    ),
  },
  {
    ...plain,
    id: 'seen',
    label: messages.columns.lastLogin,
    width: 140,
    render: (user) => (user.lastLoginAt === null ? messages.never : <Age at={user.lastLoginAt} />),
  },
];
