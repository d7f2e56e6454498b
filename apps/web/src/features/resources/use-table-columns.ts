import type { Column, Row } from '@quarterdeck/contract';
import { useMemo } from 'react';
import type { ResourcesState } from '../../live/resources-state.ts';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { resourceColumns } from './resource-columns.tsx';
import { shownIds, type TableView } from './use-table-view.ts';

interface TableColumns {
  columns: readonly TableColumn<Row>[];
  /** The ids of those that are shown, in the order that somebody chose. */
  ids: readonly string[];
}

/** Made anew when the columns change or the first rows come in: widths don't move while one reads. */
export function useTableColumns(state: ResourcesState | null, view: TableView, oneNamespace: boolean): TableColumns {
  const isNarrow = useMedia(narrow);
  const columns = state?.columns ?? placeholder;
  const hasRows = state !== null && state.rows.size > 0;
  const chosen = view.ids;
  const ids = useMemo(() => shownIds({ ids: chosen }, columns, oneNamespace), [chosen, columns, oneNamespace]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are a sample for the widths, their changes are not.
  const drawn = useMemo(
    () => resourceColumns({ columns, ids, rows: state?.rows.values() ?? [], widths: view.widths, narrow: isNarrow && chosen === undefined }),
    [columns, ids, hasRows, isNarrow, chosen, view.widths],
  );
  return { columns: drawn, ids };
}

/** Stands while the server has not said what the columns are. */
const placeholder: readonly Column[] = [
  { id: 'name', label: 'Name', type: 'name' },
  { id: 'namespace', label: 'Namespace', type: 'text' },
  { id: 'age', label: 'Age', type: 'time' },
];
