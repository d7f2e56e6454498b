import type { AppError, Row } from '@quarterdeck/contract';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ResourcesState } from '../../live/resources-state.ts';
import { useLiveState } from '../../live/use-live.ts';
import { TextButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader, PageInset } from '../../ui/page-header.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import { NewerChanges } from '../../ui/table/newer-changes.tsx';
import { useHeldRows } from '../../ui/table/use-held-rows.ts';
import { Clock } from '../../ui/time.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { useKinds } from '../clusters/use-kinds.ts';
import { scopeLabel, useNamespaceScope } from '../namespaces/use-namespace-scope.ts';
import { kindOfSlug, objectKey, pluralLabel } from '../objects/object-key.ts';
import { resourceColumns } from './resource-columns.tsx';
import { useReadableFilter } from './use-readable-filter.ts';
import { useResourceRows } from './use-resource-rows.ts';

const route = getRouteApi('/cluster/resources/$kind');
const skeletonRows = 14;

export function ResourcesPage() {
  const { kind: slug } = route.useParams();
  const { q = '' } = route.useSearch();
  const { kinds } = useKinds();
  const navigate = route.useNavigate();
  const kind = kindOfSlug(slug, kinds);
  const title = kind === undefined ? slug : pluralLabel(kind);
  const setFilter = (next: string) => navigate({ search: (before) => ({ ...before, q: next || undefined }), replace: true });
  return <ResourceTable key={slug} slug={slug} title={title} namespaced={kind?.namespaced ?? true} filter={q} onFilter={setFilter} />;
}

interface ResourceTableProps {
  slug: string;
  title: string;
  namespaced: boolean;
  filter: string;
  onFilter(filter: string): void;
}

function ResourceTable({ slug, title, namespaced, filter, onFilter }: ResourceTableProps) {
  const { sort = '', open } = route.useSearch();
  const navigate = route.useNavigate();
  const { namespaces } = useNamespaceScope();
  const readable = useReadableFilter(filter);
  const { state, error, retry, onVisible } = useResourceRows(slug, readable.filter, sort);
  const { shown, letGo, onPointer } = useHeldRows(state);
  const columns = useTableColumns(state, namespaces.length === 1);
  const openObject = (row: Row) => navigate({ search: (before) => ({ ...before, open: objectKey(row.object) }) });
  return (
    <>
      <PageHeader title={title} total={shown?.total ?? null}>
        <SearchBox label={`Filter ${title}`} value={filter} onChange={onFilter} />
        {readable.problem !== null && <FilterProblem problem={readable.problem} />}
        <NewerChanges waiting={shown?.waiting ?? 0} onClick={letGo} />
        <span className="grow" />
        <ListStatus state={state} />
      </PageHeader>
      {error !== null && (
        <PageInset>
          <ErrorNotice what={`${title} could not be listed`} error={error} onRetry={retry} />
        </PageInset>
      )}
      {(error === null || shown !== null) && (
        <DataTable
          label={title}
          columns={columns}
          total={shown?.total ?? skeletonRows}
          itemAt={(index) => shown?.rows.get(shown.order[index - shown.offset] ?? '')}
          keyOf={(row) => row.uid}
          sort={sort}
          onSort={(next) => navigate({ search: (before) => ({ ...before, sort: next || undefined }), replace: true })}
          onOpen={openObject}
          openKey={open === undefined ? undefined : [...(shown?.rows.values() ?? [])].find((row) => objectKey(row.object) === open)?.uid}
          onVisible={onVisible}
          onPointer={onPointer}
          details={(row) => ({ gone: shown?.gone.has(row.uid) ?? false })}
          instead={
            state?.reading === true ? (
              <Empty title={`Reading ${title}…`} />
            ) : (
              <NoRows title={title} filter={readable.filter} namespaced={namespaced} onClear={() => onFilter('')} />
            )
          }
        />
      )}
    </>
  );
}

/** Made anew when the columns change or the first rows come in: widths don't move while one reads. */
function useTableColumns(state: ResourcesState | null, oneNamespace: boolean) {
  const isNarrow = useMedia(narrow);
  const columns = state?.columns;
  const hasRows = state !== null && state.rows.size > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are a sample for the widths, their changes are not.
  return useMemo(
    () => resourceColumns(columns ?? placeholder, state?.rows.values() ?? [], isNarrow).filter((column) => !(oneNamespace && column.id === 'namespace')),
    [columns, hasRows, isNarrow, oneNamespace],
  );
}

/** Stands while the server has not said what the columns are. */
const placeholder = [
  { id: 'name', label: 'Name', type: 'name' },
  { id: 'namespace', label: 'Namespace', type: 'text' },
  { id: 'age', label: 'Age', type: 'time' },
] as const;

function ListStatus({ state }: { state: ResourcesState | null }) {
  const socket = useLiveState();
  if (state?.reading === true) {
    return (
      <span className="text-soft text-xs" role="status">
        Still reading
      </span>
    );
  }
  if (state?.asOf == null || socket === 'open') return null;
  return (
    <span className="text-soft text-xs" role="status">
      As of <Clock at={state.asOf} />, reconnecting
    </span>
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
  const { namespaces, setNamespaces } = useNamespaceScope();
  const where = namespaced ? ` in ${scopeLabel(namespaces)}` : '';
  if (filter !== '') {
    return (
      <Empty title={`No ${title} match “${filter}”${where}.`}>
        <TextButton onClick={onClear}>Clear filter</TextButton>
      </Empty>
    );
  }
  return (
    <Empty title={`There are no ${title}${where}.`}>
      {namespaced && namespaces.length > 0 && <TextButton onClick={() => setNamespaces([])}>Show all namespaces</TextButton>}
    </Empty>
  );
}
