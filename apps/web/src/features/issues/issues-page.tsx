import type { Issue } from '@quarterdeck/contract';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { IssuesSearch } from '../../app/search.ts';
import { TextButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import type { ListedRows } from '../../ui/table/hold-order.ts';
import { NewerChanges } from '../../ui/table/newer-changes.tsx';
import { useHeldRows } from '../../ui/table/use-held-rows.ts';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { useNamespaceScope } from '../namespaces/use-namespace-scope.ts';
import { DismissedList } from './dismissed-list.tsx';
import { GroupedIssues } from './grouped-issues.tsx';
import { issueColumns } from './issue-columns.tsx';
import { type IssuesFeed, useIssuesFeed } from './issues-feed.tsx';
import { IssuesStatus } from './issues-status.tsx';
import { NoIssues } from './no-issues.tsx';
import { selectIssues } from './select-issues.ts';
import { SeverityFacet } from './severity-facet.tsx';

const route = getRouteApi('/cluster/issues');
const skeletonRows = 8;

export function IssuesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const feed = useIssuesFeed();
  const { namespaces } = useNamespaceScope();
  const selection = useMemo(() => selectIssues(feed.list, namespaces, search), [feed.list, namespaces, search]);
  const held = useHeldRows(useListed(selection.shown, namespaces, search));
  const shown = held.shown?.order.flatMap((id) => held.shown?.rows.get(id) ?? []) ?? [];
  const set = (change: IssuesSearch) => navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  if (search.view === 'dismissed') return <DismissedList onBack={() => set({ view: undefined })} />;
  return (
    <>
      <PageHeader title="Issues">
        <SearchBox label="Filter issues" value={search.q ?? ''} onChange={(q) => set({ q: q || undefined })} />
        <SeverityFacet counts={selection.counts} chosen={search.severity} onChoose={(severity) => set({ severity })} />
        <label className="flex items-center gap-1.5 text-soft">
          <input
            type="checkbox"
            checked={search.group === 'namespace'}
            onChange={(event) => set({ group: event.target.checked ? 'namespace' : undefined })}
            className="accent-accent-fill"
          />
          Group by namespace
        </label>
        <NewerChanges waiting={held.shown?.waiting ?? 0} onClick={held.letGo} />
        <span className="grow" />
        {feed.state !== null && feed.state.dismissed > 0 && (
          <TextButton onClick={() => set({ view: 'dismissed' })}>{feed.state.dismissed} dismissed</TextButton>
        )}
      </PageHeader>
      {feed.error !== null && (
        <PageInset>
          <ErrorNotice what="The issues could not be read" error={feed.error} onRetry={feed.retry} />
        </PageInset>
      )}
      <IssueList feed={feed} shown={shown} gone={held.shown?.gone ?? nothing} onPointer={held.onPointer} search={search} set={set} />
      <IssuesStatus />
    </>
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
  const isNarrow = useMedia(narrow);
  const open = (issue: Issue) => navigate({ to: '/issues/$issueId', params: { issueId: issue.id }, search: {} });
  const sort = search.sort ?? 'severity';
  const onSort = (next: string) => set({ sort: next === 'severity' ? undefined : next || undefined });
  if (feed.state === null && feed.error !== null) return null;
  const checked = feed.state?.checkedAt != null || shown.length > 0;
  if (checked && search.group === 'namespace' && shown.length > 0)
    return <GroupedIssues issues={shown} gone={gone} onPointer={onPointer} sort={sort} onSort={onSort} onOpen={open} />;
  return (
    <DataTable
      label="Issues"
      columns={isNarrow ? issueColumns.stacked : issueColumns.wide}
      rowHeight={isNarrow ? 64 : 32}
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
