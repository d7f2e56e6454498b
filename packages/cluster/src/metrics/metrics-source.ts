import type { MetricQuery, MetricsHistory, MetricsNow, MetricsSourceState } from '@quarterdeck/contract';

/** Of which pods or nodes the present numbers are wanted. */
export interface MetricsScope {
  of: 'pods' | 'nodes';
  /** Null: all. Of nodes it says nothing. */
  namespace: string | null;
  labelSelector?: string;
}

/**
 * Numbers from somewhere. That there are none is a value; only an abort throws. `now` and `history` are of the same
 * units: cores, bytes, bytes per second.
 */
export interface MetricsSource {
  now(scope: MetricsScope, signal: AbortSignal): Promise<MetricsNow>;
  history(query: MetricQuery, signal: AbortSignal): Promise<MetricsHistory>;
  /** Whether it works, found out anew. */
  state(signal: AbortSignal): Promise<MetricsSourceState>;
}
