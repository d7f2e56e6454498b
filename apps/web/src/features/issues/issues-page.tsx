import type { Issue } from '@quarterdeck/contract';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { IssuesSearch } from '../../app/search.ts';
import { TextButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
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

const route = getRouteApi('/issues');
const skeletonRows = 8;

export function IssuesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const feed = useIssuesFeed();
  const { namespaces } = useNamespaceScope();
  const selection = useMemo(() => selectIssues(feed.list, namespaces, search), [feed.list, namespaces, search]);
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
      <IssueList feed={feed} shown={selection.shown} search={search} set={set} />
      <IssuesStatus />
    </>
  );
}

interface IssueListProps {
  feed: IssuesFeed;
  shown: readonly Issue[];
  search: IssuesSearch;
  set(change: IssuesSearch): void;
}

function IssueList({ feed, shown, search, set }: IssueListProps) {
  const navigate = route.useNavigate();
  const isNarrow = useMedia(narrow);
  const open = (issue: Issue) => navigate({ to: '/issues/$issueId', params: { issueId: issue.id }, search: {} });
  const sort = search.sort ?? 'severity';
  const onSort = (next: string) => set({ sort: next === 'severity' ? undefined : next || undefined });
  if (feed.state === null && feed.error !== null) return null;
  const checked = feed.state?.checkedAt != null || shown.length > 0;
  if (checked && search.group === 'namespace' && shown.length > 0) return <GroupedIssues issues={shown} sort={sort} onSort={onSort} onOpen={open} />;
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
      instead={<NoIssues search={search} any={feed.list.length > 0} onClear={() => set({ q: undefined, severity: undefined })} />}
    />
  );
}
