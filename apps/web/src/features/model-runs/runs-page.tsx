import type { RunSummary } from '@quarterdeck/contract';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { AiRunsSearch } from '../../app/search.ts';
import { type Messages, useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { TextButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useNow } from '../../ui/now.ts';
import { PageInset } from '../../ui/page-header.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { Moment } from '../../ui/time.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { useMay } from '../session/session.tsx';
import { filterOf } from './run-filter.ts';
import { RunFilters } from './run-filters.tsx';
import { RunPanel } from './run-panel.tsx';
import { costText, promptText, runMarks, tokensOf, tookText } from './run-words.ts';
import { useModelRuns } from './use-runs.ts';

const route = getRouteApi('/ai/runs');
const hour = 3_600_000;

/** Everything that was asked of models: what it used, cost and took. */
export function ModelRunsPage() {
  const messages = useMessages().modelRuns;
  const { language } = usePreferences();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const everybody = useMay('ai:manage') && search.everybody === 'true';
  const now = useNow(hour);
  const filter = useMemo(() => filterOf(search, now), [search, now]);
  const columns = useMemo(() => columnsOf(messages, language, everybody), [messages, language, everybody]);
  const isNarrow = useMedia(narrow);
  const runs = useModelRuns(filter, everybody);
  const all = runs.data?.pages.flatMap((page) => page.runs) ?? [];
  const set = (change: AiRunsSearch) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const open = (run: string | undefined) => void navigate({ search: (before) => ({ ...before, run }) });
  const more = () => {
    if (runs.hasNextPage && !runs.isFetching) void runs.fetchNextPage();
  };
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <div className="relative flex min-h-0 grow flex-col border-t">
      <RunFilters search={search} set={set} />
      {runs.error !== null && (
        <PageInset>
          <ErrorNotice what={messages.notRead} error={runs.error} onRetry={() => runs.refetch()} />
        </PageInset>
      )}
      {(runs.error === null || runs.data !== undefined) && (
        <DataTable
          label={messages.title}
          columns={isNarrow ? columns.slice(0, 3) : columns}
          total={runs.data === undefined ? skeletonRows : all.length}
          itemAt={(index) => all[index]}
          keyOf={({ id }) => id}
          sort=""
          onSort={() => undefined}
          onOpen={({ id }) => open(id)}
          openKey={search.run}
          onVisible={(_, last) => last >= all.length - 20 && more()}
          instead={
            runs.data === undefined ? undefined : (
              <Empty title={isFiltered ? messages.noneMatch : messages.none}>
                {isFiltered ? <TextButton onClick={() => set(noFilter)}>{messages.clear}</TextButton> : messages.noneNote}
              </Empty>
            )
          }
        />
      )}
      {runs.hasNextPage && (
        <p className="shrink-0 border-t px-3 py-1.5 text-soft">
          {messages.loaded(all.length)} <TextButton onClick={more}>{runs.isFetching ? messages.loading : messages.loadOlder}</TextButton>
        </p>
      )}
      {search.run !== undefined && <RunPanel key={search.run} id={search.run} onOpen={open} onClose={() => open(undefined)} />}
    </div>
  );
}

const skeletonRows = 14;
const noFilter: AiRunsSearch = {
  q: undefined,
  state: undefined,
  purpose: undefined,
  prompt: undefined,
  model: undefined,
  tool: undefined,
  person: undefined,
  days: undefined,
};

const plain = { align: 'left', sortable: false } as const;
const number = { align: 'right', sortable: false } as const;

function columnsOf(messages: Messages['modelRuns'], locale: string, everybody: boolean): readonly TableColumn<RunSummary>[] {
  const { columns } = messages;
  return [
    { ...plain, id: 'at', label: columns.at, width: 150, render: ({ at }) => <Moment at={at} /> },
    {
      ...plain,
      id: 'what',
      label: columns.what,
      width: 190,
      grow: true,
      render: ({ purpose, prompt, cached }) => (
        <span className="block truncate">
          {messages.purposes[purpose]} <span className="text-soft">{cached ? messages.cached : promptText(prompt)}</span>
        </span>
      ),
    },
    { ...plain, id: 'state', label: columns.state, width: 130, render: ({ state }) => <StatusMark state={runMarks[state]} text={messages.states[state]} /> },
    { ...plain, id: 'model', label: columns.model, width: 200, render: ({ model }) => <span className="block truncate">{model ?? messages.noModel}</span> },
    ...(everybody
      ? [{ ...plain, id: 'person', label: columns.person, width: 140, render: ({ user }: RunSummary) => <span className="block truncate">{user}</span> }]
      : []),
    { ...number, id: 'tokens', label: columns.tokens, width: 90, render: (run) => tokensOf(run).toLocaleString(locale) },
    { ...number, id: 'cost', label: columns.cost, width: 100, render: ({ cost }) => costText(cost, locale, messages.unpriced) },
    { ...number, id: 'first', label: columns.first, width: 100, render: ({ firstTextMs }) => (firstTextMs === null ? '' : tookText(firstTextMs)) },
    { ...number, id: 'took', label: columns.took, width: 90, render: ({ tookMs }) => tookText(tookMs) },
    { ...number, id: 'retries', label: columns.retries, width: 80, render: ({ retries }) => (retries === 0 ? '' : retries) },
    { ...plain, id: 'rating', label: columns.rating, width: 90, render: ({ rating }) => (rating === null ? '' : messages.ratings[rating]) },
  ];
}
