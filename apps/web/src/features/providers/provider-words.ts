import type { HealthState, ProviderState } from '@quarterdeck/contract';

/** The mark of each state of a provider. */
export const stateMarks: Readonly<Record<ProviderState, HealthState>> = {
  ready: 'healthy',
  noKey: 'low',
  noAddress: 'low',
  wrongKey: 'critical',
  unreachable: 'critical',
  resting: 'paused',
  off: 'scaledToZero',
  misconfigured: 'high',
};
