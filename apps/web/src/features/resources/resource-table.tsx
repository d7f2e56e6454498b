import type { Row } from '@quarterdeck/contract';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactElement, type ReactNode, useCallback, useMemo, useState } from 'react';
import { DataTable } from '../../ui/table/data-table.tsx';
import type { HeldRows } from '../../ui/table/hold-order.ts';
import type { TableColumn } from '../../ui/table/table-column.ts';
import type { ActionTarget } from '../object-actions/object-action.ts';
import { ObjectContextMenu } from '../object-actions/object-menu.tsx';
import { useObjectKeys } from '../object-actions/use-object-keys.ts';
import { objectKey } from '../objects/object-key.ts';
import { SelectionBar } from './selection-bar.tsx';
import type { ResourceSelection } from './use-resource-selection.ts';

const route = getRouteApi('/cluster/resources/$kind');
const skeletonRows = 14;
const keyOf = (row: Row) => row.uid;

interface ResourceTableProps {
  label: string;
  columns: readonly TableColumn<Row>[];
  shown: HeldRows<Row> | null;
  sort: string;
  onSort(sort: string): void;
  onResize(column: string, width: number): void;
  onMove(column: string, before: string | null): void;
  onVisible(first: number, last: number): void;
  onPointer(inside: boolean): void;
  selection: ResourceSelection;
  /** Clears the filter, so that all chosen rows are shown. */
  onShowAll(): void;
  instead: ReactNode;
}

/** The rows of one kind, with what can be done to the one under the cursor, the one that is pointed at, or all that are chosen. */
export function ResourceTable({ label, shown, selection, onShowAll, ...table }: ResourceTableProps) {
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const openObject = (row: Row) => void navigate({ search: (before) => ({ ...before, open: objectKey(row.object) }) });
  const [cursor, setCursor] = useState<Row | undefined>();
  useObjectKeys(useTargets(cursor, selection));
  const openKey = useMemo(
    () => (open === undefined ? undefined : [...(shown?.rows.values() ?? [])].find((row) => objectKey(row.object) === open)?.uid),
    [open, shown],
  );
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <DataTable<Row>
        {...table}
        label={label}
        total={shown?.total ?? skeletonRows}
        itemAt={(index) => shown?.rows.get(shown.order[index - shown.offset] ?? '')}
        keyOf={keyOf}
        onOpen={openObject}
        openKey={openKey}
        onCursor={setCursor}
        details={(row) => ({ gone: shown?.gone.has(row.uid) ?? false, leaving: shown?.leaving.has(row.uid) ?? false })}
        selection={selection.table}
        menu={useMenu(selection)}
      />
      <SelectionBar selection={selection} onShowAll={onShowAll} />
    </div>
  );
}

/** What is chosen, else the row with the cursor. */
function useTargets(row: Row | undefined, { targets }: ResourceSelection): readonly ActionTarget[] {
  return useMemo(() => (targets.length > 0 ? targets : row === undefined ? [] : [{ object: row.object, state: row.state }]), [targets, row]);
}

/** The menu of the row that was clicked; of all that are chosen where it is one of them. */
function useMenu({ table, targets }: ResourceSelection) {
  const [row, onMenu] = useState<Row | undefined>();
  const isChosen = row !== undefined && table.has(row.uid);
  const ofMenu = useMemo(() => (isChosen ? targets : row === undefined ? [] : [{ object: row.object, state: row.state }]), [isChosen, targets, row]);
  const around = useCallback((body: ReactElement) => <ObjectContextMenu targets={ofMenu}>{body}</ObjectContextMenu>, [ofMenu]);
  return useMemo(() => ({ around, onMenu }), [around]);
}
