import type { Issue } from '@quarterdeck/contract';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { IssuesSearch } from '../../app/search.ts';
import { always } from '../../commands/command.ts';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import type { ListedRows } from '../../ui/table/hold-order.ts';
import { NewerChanges } from '../../ui/table/newer-changes.tsx';
import { useHeldRows } from '../../ui/table/use-held-rows.ts';
import { useNamespaceScope } from '../namespaces/use-namespace-scope.ts';
import { GroupedIssues } from './grouped-issues.tsx';
import { useIssueColumns } from './issue-columns.tsx';
import { type IssuesFeed, useIssuesFeed } from './issues-feed.tsx';
import { IssuesStatus } from './issues-status.tsx';
import { NoIssues } from './no-issues.tsx';
import { DismissedIssues, ResolvedIssues } from './past-issues.tsx';
import { type IssueGrouping, selectIssues } from './select-issues.ts';
import { SeverityFacet } from './severity-facet.tsx';

const route = getRouteApi('/cluster/issues');
const skeletonRows = 8;

export function IssuesPage() {
  const messages = useMessages().issues;
  const { view } = route.useSearch();
  const setView = useSetView();
  return (
    <>
      {view === undefined ? (
        <OpenIssues />
      ) : (
        <>
          <PageHeader title={messages.title}>
            <ViewSwitch />
          </PageHeader>
          <Past view={view} onBack={() => setView(undefined)} />
        </>
      )}
      <IssuesStatus />
    </>
  );
}

function useSetView() {
  const navigate = route.useNavigate();
  return (view: IssuesSearch['view']) => void navigate({ search: (before) => ({ ...before, view }) });
}

function Past({ view, onBack }: { view: NonNullable<IssuesSearch['view']>; onBack(): void }) {
  const { q = '' } = route.useSearch();
  const { namespaces } = useNamespaceScope();
  const List = view === 'resolved' ? ResolvedIssues : DismissedIssues;
  return <List query={q} namespaces={namespaces} onBack={onBack} />;
}

/** What is open, was resolved, or was put aside; with the filter that holds for each of them. */
function ViewSwitch() {
  const messages = useMessages().issues;
  const { view, q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const setView = useSetView();
  const { state } = useIssuesFeed();
  const dismissed = state?.dismissed ?? 0;
  useCommands([
    {
      ...{ id: 'issues-resolved', label: messages.resolved, group: 'here', keywords: ['history'], shortcuts: [] },
      when: always,
      run: () => setView('resolved'),
    },
    { ...{ id: 'issues-dismissed', label: messages.dismissed, group: 'here', keywords: [], shortcuts: [] }, when: always, run: () => setView('dismissed') },
  ]);
  const views = [
    { value: undefined, label: messages.open, total: state?.issues.size },
    { value: 'resolved', label: messages.resolved, total: undefined },
    { value: 'dismissed', label: messages.dismissed, total: dismissed === 0 ? undefined : dismissed },
  ] as const;
  return (
    <>
      <nav aria-label={messages.views} className="flex rounded border border-line p-0.5">
        {views.map(({ value, label, total }) => (
          <Link
            key={label}
            to="."
            search={(before) => ({ ...before, view: value })}
            aria-current={view === value ? 'page' : undefined}
            className={`flex h-6 items-center gap-1.5 rounded-[4px] px-2.5 ${view === value ? 'bg-selected font-medium' : 'text-soft hover:text-ink'}`}
          >
            {label} {total !== undefined && <span className="font-normal text-soft">{total}</span>}
          </Link>
        ))}
      </nav>
      <SearchBox
        label={messages.filter}
        value={q}
        onChange={(next) => navigate({ search: (before) => ({ ...before, q: next || undefined }), replace: true })}
      />
    </>
  );
}

function OpenIssues() {
  const messages = useMessages().issues;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const feed = useIssuesFeed();
  const { namespaces } = useNamespaceScope();
  const selection = useMemo(() => selectIssues(feed.list, namespaces, search), [feed.list, namespaces, search]);
  const held = useHeldRows(useListed(selection.shown, namespaces, search));
  const shown = held.shown?.order.flatMap((id) => held.shown?.rows.get(id) ?? []) ?? [];
  const set = (change: IssuesSearch) => navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <>
      <PageHeader title={messages.title}>
        <ViewSwitch />
        <SeverityFacet counts={selection.counts} chosen={search.severity} onChoose={(severity) => set({ severity })} />
        <Grouping chosen={search.group} onChoose={(group) => set({ group })} />
        <NewerChanges waiting={held.shown?.waiting ?? 0} onClick={held.letGo} />
      </PageHeader>
      {feed.error !== null && (
        <PageInset>
          <ErrorNotice what={messages.notRead} error={feed.error} onRetry={feed.retry} />
        </PageInset>
      )}
      <IssueList feed={feed} shown={shown} gone={held.shown?.gone ?? nothing} onPointer={held.onPointer} search={search} set={set} />
    </>
  );
}

function Grouping({ chosen, onChoose }: { chosen: IssueGrouping | undefined; onChoose(group: IssueGrouping | undefined): void }) {
  const messages = useMessages().issues;
  return (
    <label className="flex items-center gap-1.5 text-soft">
      {messages.groupBy}
      <select
        value={chosen ?? 'none'}
        onChange={({ target: { value } }) => onChoose(value === 'namespace' || value === 'kind' ? value : undefined)}
        className="h-7 rounded border border-line bg-surface px-1.5 text-ink"
      >
        {(['none', 'namespace', 'kind'] as const).map((group) => (
          <option key={group} value={group}>
            {messages.groups[group]}
          </option>
        ))}
      </select>
    </label>
  );
}

const nothing: ReadonlySet<string> = new Set();

/** The issues as a list whose order can be held: what the reader asks for makes another one of it. */
function useListed(issues: readonly Issue[], namespaces: readonly string[], search: IssuesSearch): ListedRows<Issue> {
  const generation = JSON.stringify([namespaces, search.q, search.severity, search.sort, search.group]);
  return useMemo(
    () => ({ order: issues.map((issue) => issue.id), rows: new Map(issues.map((issue) => [issue.id, issue])), offset: 0, total: issues.length, generation }),
    [issues, generation],
  );
}

interface IssueListProps {
  feed: IssuesFeed;
  shown: readonly Issue[];
  /** Ids of issues that are only shown because the order holds still. */
  gone: ReadonlySet<string>;
  onPointer(inside: boolean): void;
  search: IssuesSearch;
  set(change: IssuesSearch): void;
}

function IssueList({ feed, shown, gone, onPointer, search, set }: IssueListProps) {
  const navigate = route.useNavigate();
  const messages = useMessages().issues;
  const layout = useIssueColumns();
  const open = (issue: Issue) => navigate({ to: '/issues/$issueId', params: { issueId: issue.id }, search: {} });
  const sort = search.sort ?? 'severity';
  const onSort = (next: string) => set({ sort: next === 'severity' ? undefined : next || undefined });
  if (feed.state === null && feed.error !== null) return null;
  const checked = feed.state?.checkedAt != null || shown.length > 0;
  if (checked && search.group !== undefined && shown.length > 0)
    return <GroupedIssues by={search.group} issues={shown} gone={gone} onPointer={onPointer} sort={sort} onSort={onSort} onOpen={open} />;
  return (
    <DataTable
      {...layout}
      label={messages.title}
      total={checked ? shown.length : skeletonRows}
      itemAt={(index) => (checked ? shown[index] : undefined)}
      keyOf={(issue) => issue.id}
      sort={sort}
      onSort={onSort}
      onOpen={open}
      onPointer={onPointer}
      details={(issue) => ({ gone: gone.has(issue.id) })}
      instead={<NoIssues search={search} any={feed.list.length > 0} onClear={() => set({ q: undefined, severity: undefined })} />}
    />
  );
}
