import type { Cluster, HealthState } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';

const shapes: Record<Cluster['state'], HealthState> = {
  idle: 'low',
  connecting: 'pending',
  live: 'healthy',
  partial: 'medium',
  stale: 'medium',
  authNeeded: 'high',
  offline: 'critical',
  recording: 'paused',
};

/** The state of a connection, marked and said. */
export function ConnectionMark({ state }: Pick<Cluster, 'state'>) {
  const { states } = useMessages().clusters;
  return <StatusMark state={shapes[state]} text={states[state]} />;
}
