import { type Row, toAppError } from '@quarterdeck/contract';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';
import type { ResourcesState } from '../../live/resources-state.ts';
import type { TableSelection } from '../../ui/table/table-selection.ts';
import { useRowSelection } from '../../ui/table/use-row-selection.ts';
import type { ActionTarget } from '../object-actions/object-action.ts';
import { countHidden } from './hidden-rows.ts';
import { type AskedList, readRows } from './read-rows.ts';

/** More can't be looked over by anybody. */
export const mostSelected = 10_000;

export interface ResourceSelection {
  table: TableSelection<Row>;
  targets: readonly ActionTarget[];
  /** Chosen rows that the list does not show; null where only the server could tell. */
  hidden: number | null;
  /** Rows are being asked for. */
  busy: boolean;
  problem: { reason: string } | { most: number } | null;
}

const keyOf = (row: Row) => row.uid;
const none: ReadonlySet<string> = new Set();

/** What somebody chose of a list; what the tab does not hold of it is asked from the server. */
export function useResourceSelection(list: AskedList, live: ResourcesState | null): ResourceSelection {
  const rows = useRowSelection<Row>(keyOf);
  const { read, busy, problem } = useReading(list);
  const whole = useWhole(live);
  const hidden = useHidden(rows.items, list, live, whole);
  useFollowing(rows, list, live, whole);
  const targets = useMemo(() => [...rows.items.values()].map(({ object, state }): ActionTarget => ({ object, state })), [rows.items]);
  const total = live?.total ?? 0;
  const table: TableSelection<Row> = {
    size: rows.items.size,
    all: total > 0 && rows.items.size >= total && hidden === 0,
    has: (key) => rows.items.has(key),
    nameOf: ({ object }) => object.name,
    toggle: rows.toggle,
    begin: rows.begin,
    extend(offset, held) {
      const known = held.filter((row) => row !== undefined);
      if (known.length === held.length) rows.range(known);
      else read({ offset, limit: held.length }, rows.range);
    },
    selectAll: () => read({ offset: 0, limit: mostSelected }, rows.choose),
    clear: rows.clear,
  };
  return { table, targets, hidden, busy, problem };
}

/** Asks for rows; a later question takes the place of one that is not answered yet. */
function useReading(list: AskedList) {
  const { api } = useServices();
  const asking = useRef<AbortController | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ResourceSelection['problem']>(null);
  useEffect(() => () => asking.current?.abort(), []);
  const read = async (stretch: { offset: number; limit: number }, take: (rows: readonly Row[]) => void) => {
    asking.current?.abort();
    const own = new AbortController();
    asking.current = own;
    setBusy(true);
    setProblem(null);
    try {
      const limit = Math.min(stretch.limit, mostSelected);
      const { rows, total } = await readRows(api, list, { ...stretch, limit }, own.signal);
      take(rows);
      if (Math.min(stretch.limit, total - stretch.offset) > limit || (stretch.limit === mostSelected && total > mostSelected))
        setProblem({ most: mostSelected });
    } catch (thrown) {
      if (!own.signal.aborted) setProblem({ reason: toAppError(thrown).message });
    } finally {
      if (asking.current === own) setBusy(false);
    }
  };
  return { read: (stretch: { offset: number; limit: number }, take: (rows: readonly Row[]) => void) => void read(stretch, take), busy, problem };
}

/** The keys of the whole list, where the tab holds the whole list. */
function useWhole(live: ResourcesState | null): ReadonlySet<string> | null {
  return useMemo(() => (live !== null && !live.reading && live.offset === 0 && live.order.length === live.total ? new Set(live.order) : null), [live]);
}

function useHidden(items: ReadonlyMap<string, Row>, list: AskedList, live: ResourcesState | null, all: ReadonlySet<string> | null): number | null {
  const { filter, namespaces } = list;
  const columns = live?.columns;
  return useMemo(
    () => (items.size === 0 || columns === undefined ? 0 : countHidden(items, { filter, namespaces, columns, all }, Date.now)),
    [items, filter, namespaces, columns, all],
  );
}

/** Chosen rows are what they have become since; where the whole list is held without a filter, those that left it are gone. */
function useFollowing(rows: ReturnType<typeof useRowSelection<Row>>, list: AskedList, live: ResourcesState | null, whole: ReadonlySet<string> | null): void {
  const { items, follow } = rows;
  const seesAll = whole !== null && list.filter === '' && list.namespaces.length === 0 && live?.unread.length === 0;
  const isGone = useCallback((key: string) => seesAll && whole !== null && !whole.has(key), [seesAll, whole]);
  useEffect(() => {
    if (live === null || items.size === 0) return;
    const gone = seesAll ? new Set([...items.keys()].filter(isGone)) : none;
    follow(live.rows, gone);
  }, [live, items, follow, seesAll, isGone]);
}
