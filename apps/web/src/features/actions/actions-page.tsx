import type { Action } from '@quarterdeck/contract';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useCommands } from '../../commands/command-center.tsx';
import { count } from '../../text/count.ts';
import { TextButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { Moment } from '../../ui/time.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { ActionView } from './action-view.tsx';
import { actionMarks, actionTitle } from './action-words.ts';
import { useActions } from './use-actions.ts';

const route = getRouteApi('/actions');

/** What was previewed, approved and done, in every cluster, by anyone that one may know of. */
export function ActionsPage() {
  const { action: open } = route.useSearch();
  const navigate = route.useNavigate();
  const [filter, setFilter] = useState('');
  const isNarrow = useMedia(narrow);
  const actions = useActions({});
  const all = actions.data?.pages.flatMap((page) => page.actions) ?? [];
  const words = filter.toLowerCase().split(/\s+/);
  const shown = all.filter((action) => words.every((word) => textOf(action).includes(word)));
  const show = (id: string | undefined) => void navigate({ search: (before) => ({ ...before, action: id }) });
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <PageHeader title="Actions">
        <SearchBox value={filter} onChange={setFilter} label="Filter what is loaded" />
      </PageHeader>
      {actions.error !== null && (
        <PageInset>
          <ErrorNotice what="The actions could not be read" error={actions.error} onRetry={() => actions.refetch()} />
        </PageInset>
      )}
      {actions.data !== undefined && (
        <DataTable
          label="Actions"
          columns={isNarrow ? columns.slice(0, 2) : columns}
          total={shown.length}
          itemAt={(index) => shown[index]}
          keyOf={({ id }) => id}
          sort=""
          onSort={() => undefined}
          onOpen={({ id }) => show(id)}
          openKey={open}
          instead={filter === '' ? <NoActions /> : <Empty title="Nothing that is loaded matches." />}
        />
      )}
      {actions.hasNextPage && (
        <p className="shrink-0 border-t px-3 py-1.5 text-soft">
          {count(all.length, 'action')} loaded.{' '}
          <TextButton disabled={actions.isFetching} onClick={() => actions.fetchNextPage()}>
            {actions.isFetching ? 'Loading' : 'Load older ones'}
          </TextButton>
        </p>
      )}
      {open !== undefined && <ActionPanel key={open} id={open} known={all.find(({ id }) => id === open)} onOther={show} onClose={() => show(undefined)} />}
    </div>
  );
}

interface ActionPanelProps {
  id: string;
  known: Action | undefined;
  onOther(id: string): void;
  onClose(): void;
}

function ActionPanel({ id, known, onOther, onClose }: ActionPanelProps) {
  const title = known === undefined ? 'Action' : actionTitle(known);
  useCommands([
    {
      id: 'close-action',
      label: 'Close this action',
      group: 'Here',
      keywords: [],
      shortcuts: ['Escape'],
      listed: false,
      when: ({ drawer }) => !drawer,
      run: onClose,
    },
  ]);
  return (
    <SidePanel label={title} title={<h2 className="break-words font-medium text-md">{title}</h2>} onClose={onClose}>
      <div className="flex flex-col gap-4 p-4">
        {known?.issue != null && (
          <p>
            <Link
              to="/issues/$issueId"
              params={{ issueId: known.issue }}
              search={{ cluster: known.cluster, action: id }}
              className="text-accent hover:underline"
            >
              The issue that it is to end
            </Link>
          </p>
        )}
        <ActionView id={id} onOther={onOther} />
      </div>
    </SidePanel>
  );
}

function NoActions() {
  return <Empty title="Nothing was previewed yet.">Open an issue and preview its plan: what it would do stands here, and what was done.</Empty>;
}

function textOf(action: Action): string {
  return `${actionTitle(action)} ${actionMarks[action.state].text} ${action.proposedBy.id} ${action.approval?.by ?? ''} ${action.cluster}`.toLowerCase();
}

const plain = { align: 'left', sortable: false } as const;

const columns: readonly TableColumn<Action>[] = [
  {
    ...plain,
    id: 'what',
    label: 'What',
    width: 200,
    grow: true,
    render: (action) => (
      <span className="block truncate font-medium" title={actionTitle(action)}>
        {actionTitle(action)}
      </span>
    ),
  },
  { ...plain, id: 'state', label: 'State', width: 170, render: ({ state }) => <StatusMark {...actionMarks[state]} /> },
  {
    ...plain,
    id: 'who',
    label: 'Who',
    width: 190,
    render: ({ approval, proposedBy }) => <span className="block truncate">{approval?.by ?? proposedBy.id}</span>,
  },
  { ...plain, id: 'cluster', label: 'Cluster', width: 150, render: ({ cluster }) => <span className="block truncate">{cluster}</span> },
  { ...plain, id: 'at', label: 'When', width: 160, render: ({ startedAt, createdAt }) => <Moment at={startedAt ?? createdAt} /> },
];
