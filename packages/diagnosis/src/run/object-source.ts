import type { ClusterSnapshot } from '@quarterdeck/cluster';

/** Objects that change: what they are now, and a word whenever they may be others. */
export interface ObjectSource {
  snapshot(): ClusterSnapshot;
  /** Returns how to end it. */
  subscribe(listener: () => void): () => void;
}

/** Time as a live diagnosis uses it; tests bring their own. */
export interface DiagnosisClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}
