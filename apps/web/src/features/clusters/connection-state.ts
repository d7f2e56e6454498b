import type { Cluster } from '@quarterdeck/contract';

/** Whether asking the cluster makes sense. */
export function isReachable({ state }: Pick<Cluster, 'state'>): boolean {
  return state === 'live' || state === 'partial' || state === 'stale' || state === 'recording';
}

/** Whether there is nothing to show of it: it never answered. */
export function isUnseen({ asOf, state }: Cluster): boolean {
  return asOf === null && (state === 'offline' || state === 'authNeeded');
}
