import type { Cluster, HealthState } from '@quarterdeck/contract';

/** How the state of a connection is marked and said. */
export const connectionMarks: Record<Cluster['state'], { state: HealthState; text: string }> = {
  idle: { state: 'low', text: 'not connected' },
  connecting: { state: 'pending', text: 'connecting' },
  live: { state: 'healthy', text: 'live' },
  partial: { state: 'medium', text: 'partial' },
  stale: { state: 'medium', text: 'stale' },
  authNeeded: { state: 'high', text: 'login needed' },
  offline: { state: 'critical', text: 'offline' },
  recording: { state: 'paused', text: 'recording' },
};

/** Whether asking the cluster makes sense. */
export function isReachable({ state }: Pick<Cluster, 'state'>): boolean {
  return state === 'live' || state === 'partial' || state === 'stale' || state === 'recording';
}

/** Whether there is nothing to show of it: it never answered. */
export function isUnseen({ asOf, state }: Cluster): boolean {
  return asOf === null && (state === 'offline' || state === 'authNeeded');
}
