import type { AppError, Column, UnreadScope } from '@quarterdeck/contract';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ResourcesState } from '../../live/resources-state.ts';
import { useLiveState } from '../../live/use-live.ts';
import { useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { NewerChanges } from '../../ui/table/newer-changes.tsx';
import { useHeldRows } from '../../ui/table/use-held-rows.ts';
import { Clock } from '../../ui/time.tsx';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useKinds } from '../clusters/use-kinds.ts';
import { CreateButton } from '../create/create-button.tsx';
import { useNamespaceScope, useScopeLabel } from '../namespaces/use-namespace-scope.ts';
import { kindOfSlug, pluralLabel } from '../objects/object-key.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { moved } from './column-layout.ts';
import { ExportMenu } from './export/export-menu.tsx';
import { FilterBox } from './filter-box.tsx';
import { ResourceTable } from './resource-table.tsx';
import { SavedViews } from './saved-views.tsx';
import { useReadableFilter } from './use-readable-filter.ts';
import { useResourceRows } from './use-resource-rows.ts';
import { useResourceSelection } from './use-resource-selection.ts';
import { useTableColumns } from './use-table-columns.ts';
import { useTableView } from './use-table-view.ts';

const route = getRouteApi('/cluster/resources/$kind');
const noColumns: readonly Column[] = [];

export function ResourcesPage() {
  const { kind: slug } = route.useParams();
  const { kinds } = useKinds();
  const kind = kindOfSlug(slug, kinds);
  const title = kind === undefined ? slug : pluralLabel(kind);
  return <ResourceList key={slug} slug={slug} title={title} namespaced={kind?.namespaced ?? true} />;
}

interface ResourceListProps {
  slug: string;
  title: string;
  namespaced: boolean;
}

function ResourceList({ slug, title, namespaced }: ResourceListProps) {
  const { q: filter = '' } = route.useSearch();
  const messages = useMessages().resources;
  const view = useTableView(slug);
  const readable = useReadableFilter(filter);
  const list = useAskedList(slug, readable.filter, view);
  const { state, error, retry, onVisible } = useResourceRows(list);
  const { columns, ids } = useTableColumns(state, view, list.namespaces.length === 1);
  const selection = useResourceSelection(list, state);
  const { shown, letGo, onPointer } = useHeldRows(state, selection.table.size > 0);
  return (
    <>
      <PageHeader title={title} total={shown?.total ?? null}>
        <FilterBox title={title} filter={filter} columns={state?.columns ?? noColumns} list={list} onFilter={view.setFilter} />
        {readable.problem !== null && <FilterProblem problem={readable.problem} />}
        <NewerChanges waiting={shown?.waiting ?? 0} onClick={letGo} />
        <span className="grow" />
        <ListStatus state={state} />
        <div className="flex">
          <CreateButton slug={slug} />
          <ExportMenu list={list} ids={columns.map(({ id }) => id)} total={state?.total ?? 0} chosen={selection.targets} />
          <SavedViews slug={slug} ids={view.ids} />
          <ColumnChooser columns={state?.columns ?? noColumns} ids={ids} drawn={columns} view={view} list={list} />
        </div>
      </PageHeader>
      {state !== null && state.unread.length > 0 && <UnreadNamespaces unread={state.unread} />}
      {error !== null && (
        <PageInset>
          <ErrorNotice what={messages.couldNotList(title)} error={error} onRetry={retry} />
        </PageInset>
      )}
      {(error === null || shown !== null) && (
        <ResourceTable
          label={title}
          columns={columns}
          shown={shown}
          sort={view.sort}
          onSort={view.setSort}
          onResize={view.setWidth}
          onMove={(column, before) => view.setIds(moved(ids, column, before))}
          onVisible={onVisible}
          onPointer={onPointer}
          selection={selection}
          onShowAll={() => view.setFilter('')}
          instead={
            state?.reading === true ? (
              <Empty title={messages.reading(title)} />
            ) : (
              <NoRows title={title} filter={readable.filter} namespaced={namespaced} onClear={() => view.setFilter('')} />
            )
          }
        />
      )}
    </>
  );
}

/** The list as the server is asked for it. */
function useAskedList(kind: string, filter: string, { sort, labels }: Pick<ReturnType<typeof useTableView>, 'sort' | 'labels'>) {
  const { cluster } = useClusterScope();
  const { namespaces } = useNamespaceScope();
  return useMemo(
    () => ({ ...(cluster === undefined ? {} : { cluster }), kind, filter, sort, labels, namespaces }),
    [cluster, kind, filter, sort, labels, namespaces],
  );
}

function ListStatus({ state }: { state: ResourcesState | null }) {
  const messages = useMessages().resources;
  const socket = useLiveState();
  if (state?.reading === true) {
    return (
      <span className="text-soft text-xs" role="status">
        {messages.stillReading}
      </span>
    );
  }
  if (state?.asOf == null || socket === 'open') return null;
  return (
    <span className="text-soft text-xs" role="status">
      {messages.asOf} <Clock at={state.asOf} />, {messages.reconnecting}
    </span>
  );
}

/** Where the rows of now do not come from, and why. */
function UnreadNamespaces({ unread }: { unread: readonly UnreadScope[] }) {
  const messages = useMessages().resources;
  const reasons = [...new Set(unread.map(({ error }) => error))];
  return (
    <p
      role="status"
      className="flex shrink-0 flex-wrap items-baseline gap-x-2 border-line border-y bg-sunken px-3 py-1.5"
      title={unread.map(({ namespace }) => namespace).join(', ')}
    >
      <StatusMark state="medium" text={messages.unread(unread.map(({ namespace }) => namespace))} />
      <span className="min-w-0 break-words text-soft">{reasons.slice(0, 2).join(' ')}</span>
    </p>
  );
}

/** The list stays as it was until the filter can be read. */
function FilterProblem({ problem }: { problem: AppError }) {
  return (
    <span className="min-w-0 truncate text-soft text-xs" role="status" title={problem.hint}>
      {problem.message} {problem.hint}
    </span>
  );
}

interface NoRowsProps {
  title: string;
  filter: string;
  namespaced: boolean;
  onClear(): void;
}

function NoRows({ title, filter, namespaced, onClear }: NoRowsProps) {
  const messages = useMessages().resources;
  const { namespaces, setNamespaces } = useNamespaceScope();
  const scopeLabel = useScopeLabel();
  const where = namespaced ? messages.within(scopeLabel(namespaces)) : '';
  if (filter !== '') {
    return (
      <Empty title={messages.noMatch(title, filter, where)}>
        <TextButton onClick={onClear}>{messages.clearFilter}</TextButton>
      </Empty>
    );
  }
  return (
    <Empty title={messages.empty(title, where)}>
      {namespaced && namespaces.length > 0 && <TextButton onClick={() => setNamespaces([])}>{messages.allNamespaces}</TextButton>}
    </Empty>
  );
}
