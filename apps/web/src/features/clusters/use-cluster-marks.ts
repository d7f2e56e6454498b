import { useMemo, useSyncExternalStore } from 'react';
import { type ClusterMark, colourOf, isProduction, type MarkChange, type Marks, type NamedCluster, parseMarks, withMark } from './cluster-marks.ts';
import { useClusters } from './clusters.tsx';

const storageKey = 'quarterdeck.cluster-marks';
const listeners = new Set<() => void>();
let current: Marks | null = null;

function readMarks(): Marks {
  current ??= parseMarks(localStorage.getItem(storageKey));
  return current;
}

function onMarks(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Marks a cluster in this browser. */
export function markCluster(id: string, change: MarkChange): void {
  current = withMark(readMarks(), id, change);
  localStorage.setItem(storageKey, JSON.stringify(current));
  for (const listener of listeners) listener();
}

export interface ClusterMarks {
  /** By the cluster's id. */
  isProduction(id: string): boolean;
  colourOf(id: string): string;
  of(id: string): ClusterMark;
}

/** How each cluster is marked; one that is not known is marked by its id. */
export function useClusterMarks(): ClusterMarks {
  const { all } = useClusters();
  const marks = useSyncExternalStore(onMarks, readMarks);
  return useMemo(() => {
    const named = (id: string): NamedCluster => all?.find((cluster) => cluster.id === id) ?? { id, name: id, production: false };
    return { isProduction: (id) => isProduction(named(id), marks), colourOf: (id) => colourOf(named(id), marks), of: (id) => marks[id] ?? {} };
  }, [all, marks]);
}
