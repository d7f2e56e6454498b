import type { HealthState } from '@quarterdeck/contract';

export interface Counts {
  desired: number;
  updated: number;
  ready: number;
  available: number;
  /** Whether the controller has seen the latest spec. */
  seen: boolean;
  /** Whether it gave up waiting. */
  stuck: boolean;
}

export interface Standing extends Counts {
  is: 'done' | 'updating' | 'waiting' | 'unseen' | 'paused' | 'stuck' | 'zero';
  state: HealthState;
}

/** Pure. How far a rollout is, in the order in which kubectl's `rollout status` looks. */
export function rolloutStanding(counts: Counts, paused: boolean): Standing {
  const standing = (is: Standing['is'], state: HealthState): Standing => ({ ...counts, is, state });
  const { desired, updated, available, seen, stuck } = counts;
  if (!seen) return standing('unseen', 'pending');
  if (stuck) return standing('stuck', 'critical');
  if (paused) return standing('paused', 'paused');
  if (desired === 0) return standing('zero', 'scaledToZero');
  if (updated < desired) return standing('updating', 'pending');
  if (available < desired) return standing('waiting', 'pending');
  return standing('done', 'healthy');
}
