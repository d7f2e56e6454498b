import type { Column } from '@quarterdeck/contract';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useBrowserRecord } from '../../storage/browser-record.ts';
import { labelsIn, ownColumns, parseColumns } from './column-layout.ts';
import { type ColumnLayout, keptLayouts } from './kept-lists.ts';

const route = getRouteApi('/cluster/resources/$kind');
const noLayout: ColumnLayout = { widths: {} };

export interface TableView {
  sort: string;
  /** The columns that somebody chose, here or in the address; undefined: the kind's own. */
  ids: readonly string[] | undefined;
  labels: readonly string[];
  widths: ColumnLayout['widths'];
  setFilter(filter: string): void;
  setSort(sort: string): void;
  /** Undefined: the kind's own again, in their own widths. */
  setIds(ids: readonly string[] | undefined): void;
  setWidth(id: string, width: number): void;
}

/** How a list is shown: as the address says, else as this person left it. What they change is in both from then on. */
export function useTableView(slug: string): TableView {
  const { sort = '', cols } = route.useSearch();
  const navigate = route.useNavigate();
  const kept = useBrowserRecord(keptLayouts, slug) ?? noLayout;
  const ids = useMemo(() => parseColumns(cols) ?? kept.ids, [cols, kept.ids]);
  const labels = useMemo(() => labelsIn(ids ?? []), [ids]);
  const keep = (change: Partial<ColumnLayout>) => keptLayouts.set(slug, { ...(keptLayouts.get(slug) ?? noLayout), ...change });
  return {
    sort,
    ids,
    labels,
    widths: kept.widths,
    setFilter: (q) => void navigate({ search: (before) => ({ ...before, q: q || undefined }), replace: true }),
    setSort: (next) => void navigate({ search: (before) => ({ ...before, sort: next || undefined }), replace: true }),
    setIds(next) {
      if (next === undefined) keptLayouts.set(slug, undefined);
      else keep({ ids: [...next] });
      void navigate({ search: (before) => ({ ...before, cols: next?.join(',') }), replace: true });
    },
    setWidth: (id, width) => keep({ widths: { ...keptLayouts.get(slug)?.widths, [id]: Math.min(1_200, Math.max(48, Math.round(width))) } }),
  };
}

/** The ids of the columns that are shown: what every change of them starts from. */
export function shownIds(view: Pick<TableView, 'ids'>, columns: readonly Column[], oneNamespace: boolean): readonly string[] {
  return view.ids ?? ownColumns(columns, oneNamespace);
}
