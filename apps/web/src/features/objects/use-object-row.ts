import type { Column, Row } from '@quarterdeck/contract';
import { useMemo } from 'react';
import type { DataFrame } from '../../live/live-client.ts';
import { applyResourcesFrame, type ResourcesState } from '../../live/resources-state.ts';
import { useLive } from '../../live/use-live.ts';
import { useClusters } from '../clusters/clusters.tsx';
import type { ObjectAddress } from './object-key.ts';

/** Rows whose name holds the one that is asked for. */
const mostRows = 6;

function apply(state: ResourcesState | null, frame: DataFrame): ResourcesState | null {
  return frame.type === 'resourcesSnapshot' || frame.type === 'resourcesDelta' ? applyResourcesFrame(state, frame) : state;
}

function useRows(kind: string, namespace: string | null, filter: string, limit: number) {
  const cluster = useClusters().selected?.id;
  const request = useMemo(() => {
    const window = { filter, sort: '', offset: 0, limit };
    return cluster === undefined ? null : { type: 'subscribeResources' as const, cluster, kind, namespaces: namespace === null ? [] : [namespace], window };
  }, [cluster, kind, namespace, filter, limit]);
  return useLive(request, apply).state;
}

/** A value of a row with its column's name. */
export interface RowCell {
  column: Column;
  text: string;
}

export function cellsOf(row: Row, columns: readonly Column[]): RowCell[] {
  return columns.flatMap((column, index) => {
    const cell = row.cells[index];
    return cell === null || cell === undefined ? [] : [{ column, text: String(cell) }];
  });
}

/** The object as the table of its kind shows it, live; null while it is not known. */
export function useObjectRow({ kind, namespace, name }: ObjectAddress): { row: Row; cells: RowCell[] } | null {
  const state = useRows(kind, namespace, exactly(name), mostRows);
  const row = [...(state?.rows.values() ?? [])].find(({ object }) => object.name === name);
  return state === null || row === undefined ? null : { row, cells: cellsOf(row, state.columns) };
}

/** The tables' filter for a cell that is this text and nothing else. */
export function exactly(text: string): string {
  return `/^${text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$/`;
}
