import type { Window } from '@quarterdeck/contract';
import { useCallback, useMemo, useState } from 'react';
import type { DataFrame } from '../../live/live-client.ts';
import { applyResourcesFrame, type ResourcesState } from '../../live/resources-state.ts';
import { useLive } from '../../live/use-live.ts';
import { useClusters } from '../clusters/clusters.tsx';
import { useNamespaceScope } from '../namespaces/use-namespace-scope.ts';
import { type RowRange, windowFor } from './window-for.ts';

function apply(state: ResourcesState | null, frame: DataFrame): ResourcesState | null {
  return frame.type === 'resourcesSnapshot' || frame.type === 'resourcesDelta' ? applyResourcesFrame(state, frame) : state;
}

/** Which rows, in which order, with which labels as columns. */
export interface ListQuery {
  kind: string;
  filter: string;
  sort: string;
  labels: readonly string[];
}

/** A live list of one kind, of which the tab holds a window around what is on screen. */
export function useResourceRows({ kind, filter, sort, labels }: ListQuery) {
  const cluster = useClusters().selected?.id;
  const { namespaces } = useNamespaceScope();
  const list = `${kind} ${filter} ${sort} ${namespaces.join()}`;
  const [range, setRange] = useState<{ list: string } & RowRange>({ list, offset: 0, limit: windowFor.size });
  const { offset, limit } = range.list === list ? range : { offset: 0, limit: windowFor.size };
  const request = useMemo(() => {
    const window: Window = { filter, sort, offset, limit, ...(labels.length > 0 ? { labels: [...labels] } : {}) };
    return cluster === undefined ? null : { type: 'subscribeResources' as const, cluster, kind, namespaces: [...namespaces], window };
  }, [cluster, kind, namespaces, filter, sort, offset, limit, labels]);
  const { state, error, retry } = useLive(request, apply);
  const onVisible = useCallback(
    (first: number, last: number) =>
      setRange((before) => {
        const current = before.list === list ? before : { offset: 0, limit: windowFor.size };
        return { list, ...windowFor.rows(current, first, last) };
      }),
    [list],
  );
  return { state, error, retry, onVisible };
}
