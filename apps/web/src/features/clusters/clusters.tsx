import type { Cluster } from '@quarterdeck/contract';
import { useSearch } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import type { DataFrame } from '../../live/live-client.ts';
import { type LiveValue, useLive } from '../../live/use-live.ts';
import { stopTimeAt } from '../../ui/now.ts';

interface Clusters {
  /** Null until the server has said which there are. */
  all: readonly Cluster[] | null;
  /** The one that the URL names, else the current one; null while unknown. */
  selected: Cluster | null;
  error: LiveValue<unknown>['error'];
}

const ClustersContext = createContext<Clusters>({ all: null, selected: null, error: null });

const request = { type: 'subscribeClusters' } as const;

function applyClusters(state: readonly Cluster[] | null, frame: DataFrame): readonly Cluster[] | null {
  return frame.type === 'clustersSnapshot' ? frame.clusters : state;
}

export function ClustersProvider({ children }: { children: ReactNode }) {
  const { state: all, error } = useLive(request, applyClusters);
  const wanted = useSearch({ strict: false, select: (search) => search.cluster });
  const value = useMemo(() => ({ all, error, selected: select(all, wanted) }), [all, error, wanted]);
  const recordedAt = value.selected?.state === 'recording' ? value.selected.asOf : null;
  useEffect(() => stopTimeAt(recordedAt === null ? null : Date.parse(recordedAt)), [recordedAt]);
  return <ClustersContext value={value}>{children}</ClustersContext>;
}

function select(all: readonly Cluster[] | null, wanted: string | undefined): Cluster | null {
  if (all === null) return null;
  const match = wanted === undefined ? all.find((cluster) => cluster.current) : all.find((cluster) => cluster.id === wanted);
  return match ?? null;
}

export function useClusters(): Clusters {
  return useContext(ClustersContext);
}

/** The cluster for calls; empty while it is unknown, which the server reads as the current one. */
export function useClusterScope(): { cluster?: string } {
  const id = useClusters().selected?.id;
  return useMemo(() => (id === undefined ? {} : { cluster: id }), [id]);
}
