import type { HealthState, TopologyEdgeState } from '@quarterdeck/contract';

/** How a connection is, in the signs that objects have. */
export const edgeHealth: Record<TopologyEdgeState, HealthState> = {
  ok: 'healthy',
  pending: 'pending',
  idle: 'scaledToZero',
  broken: 'missing',
  blocked: 'medium',
};
