import type { ActionSummary } from '@quarterdeck/contract';
import { summaryOf } from '@quarterdeck/contract';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useCommands } from '../../commands/command-center.tsx';
import { type Messages, useMessages } from '../../messages/language.ts';
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
import { actionMark } from './action-words.ts';
import { useActionsFeed } from './actions-feed.tsx';
import { mergeActions } from './merge-actions.ts';
import { useActions } from './use-actions.ts';

const route = getRouteApi('/actions');

/** What was previewed, approved and done, in every cluster, by anyone that one may know of; live. */
export function ActionsPage() {
  const { action: open } = route.useSearch();
  const navigate = route.useNavigate();
  const messages = useMessages();
  const words = messages.actions;
  const [filter, setFilter] = useState('');
  const isNarrow = useMedia(narrow);
  const { latest } = useActionsFeed();
  const older = useActions({});
  const all = useMemo(() => mergeActions(latest ?? [], older.data?.pages.flatMap((page) => page.actions.map(summaryOf)) ?? []), [latest, older.data]);
  const columns = useMemo(() => actionColumns(messages), [messages]);
  const parts = filter.toLowerCase().split(/\s+/);
  const shown = all.filter((action) => parts.every((part) => textOf(action, messages).includes(part)));
  const show = (id: string | undefined) => void navigate({ search: (before) => ({ ...before, action: id }) });
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <PageHeader title={words.title}>
        <SearchBox value={filter} onChange={setFilter} label={words.filter} />
      </PageHeader>
      {older.error !== null && (
        <PageInset>
          <ErrorNotice what={words.listNotRead} error={older.error} onRetry={() => older.refetch()} />
        </PageInset>
      )}
      {(older.data !== undefined || latest !== null) && (
        <DataTable
          label={words.title}
          columns={isNarrow ? columns.slice(0, 2) : columns}
          total={shown.length}
          itemAt={(index) => shown[index]}
          keyOf={({ id }) => id}
          sort=""
          onSort={() => undefined}
          onOpen={({ id }) => show(id)}
          openKey={open}
          instead={filter === '' ? <Empty title={words.nothingYet}>{words.nothingYetNote}</Empty> : <Empty title={words.noMatch} />}
        />
      )}
      {older.hasNextPage && (
        <p className="shrink-0 border-t px-3 py-1.5 text-soft">
          {words.loaded(all.length)}{' '}
          <TextButton disabled={older.isFetching} onClick={() => older.fetchNextPage()}>
            {older.isFetching ? words.loading : words.older}
          </TextButton>
        </p>
      )}
      {open !== undefined && <ActionPanel key={open} id={open} known={all.find(({ id }) => id === open)} onOther={show} onClose={() => show(undefined)} />}
    </div>
  );
}

interface ActionPanelProps {
  id: string;
  known: ActionSummary | undefined;
  onOther(id: string): void;
  onClose(): void;
}

function ActionPanel({ id, known, onOther, onClose }: ActionPanelProps) {
  const { actions } = useMessages();
  const title = known === undefined || known.title === '' ? actions.action : known.title;
  useCommands([
    {
      id: 'close-action',
      label: actions.close,
      group: 'here',
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
              {actions.issueOf}
            </Link>
          </p>
        )}
        <ActionView id={id} onOther={onOther} />
      </div>
    </SidePanel>
  );
}

function textOf({ title, state, proposedBy, approval, cluster }: ActionSummary, messages: Messages): string {
  return `${title} ${actionMark(state, messages).text} ${proposedBy.id} ${approval?.by ?? ''} ${cluster}`.toLowerCase();
}

const plain = { align: 'left', sortable: false } as const;

function actionColumns(messages: Messages): readonly TableColumn<ActionSummary>[] {
  const { columns, action: word } = messages.actions;
  return [
    {
      ...plain,
      id: 'what',
      label: columns.what,
      width: 200,
      grow: true,
      render: ({ title }) => (
        <span className="block truncate font-medium" title={title}>
          {title === '' ? word : title}
        </span>
      ),
    },
    { ...plain, id: 'state', label: columns.state, width: 190, render: ({ state }) => <StatusMark {...actionMark(state, messages)} /> },
    {
      ...plain,
      id: 'who',
      label: columns.who,
      width: 190,
      render: ({ approval, proposedBy }) => <span className="block truncate">{approval?.by ?? proposedBy.id}</span>,
    },
    { ...plain, id: 'cluster', label: columns.cluster, width: 150, render: ({ cluster }) => <span className="block truncate">{cluster}</span> },
    { ...plain, id: 'at', label: columns.when, width: 160, render: ({ startedAt, createdAt }) => <Moment at={startedAt ?? createdAt} /> },
  ];
}
