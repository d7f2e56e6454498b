import type { Role } from '@quarterdeck/contract';
import { useMemo, useState } from 'react';
import { type Messages, useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { PolicyText } from './policy-text.tsx';
import { RolePanel } from './role-panel.tsx';
import { useRoles } from './use-administration.ts';

/** What people of the organisation can be, and what each may. */
export function RolesPage() {
  const messages = useMessages().administration;
  const columns = useMemo(() => columnsOf(messages), [messages]);
  const roles = useRoles();
  const [open, setOpen] = useState<string | 'new' | null>(null);
  const isNarrow = useMedia(narrow);
  const chosen = open === 'new' ? null : roles.data?.find(({ id }) => id === open);
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <PageHeader title={messages.roles} total={roles.data?.length ?? null}>
        <span className="grow" />
        {roles.data !== undefined && (
          <Button look="primary" onClick={() => setOpen('new')}>
            {messages.newRole}
          </Button>
        )}
      </PageHeader>
      {roles.error !== null && (
        <PageInset>
          <ErrorNotice what={messages.rolesNotRead} error={roles.error} onRetry={() => roles.refetch()} />
        </PageInset>
      )}
      {roles.data !== undefined && (
        <DataTable
          label={messages.roles}
          columns={isNarrow ? columns.slice(0, 2) : columns}
          total={roles.data.length}
          itemAt={(index) => roles.data[index]}
          keyOf={(role) => role.id}
          sort=""
          onSort={() => undefined}
          onOpen={(role) => setOpen(role.id)}
          openKey={open ?? undefined}
        />
      )}
      {open !== null && chosen !== undefined && <RolePanel key={open} role={chosen} onClose={() => setOpen(null)} />}
    </div>
  );
}

const plain = { align: 'left', sortable: false } as const;

const columnsOf = (messages: Messages['administration']): readonly TableColumn<Role>[] => [
  { ...plain, id: 'name', label: messages.role, width: 160, render: (role) => <span className="block truncate font-medium">{role.name}</span> },
  { ...plain, id: 'holders', label: messages.heldBy, width: 110, render: (role) => messages.holders(role.holders) },
  { ...plain, id: 'may', label: messages.may, width: 140, render: (role) => messages.permissions(role.permissions.length) },
  {
    ...plain,
    id: 'sees',
    label: messages.sees,
    width: 240,
    render: (role) => (
      <span className="block truncate">
        <PolicyText policy={role.policy} />
      </span>
    ),
  },
  {
    ...plain,
    id: 'about',
    label: messages.for,
    width: 240,
    grow: true,
    render: (role) => <span className="block truncate text-soft">{role.description}</span>,
  },
];
