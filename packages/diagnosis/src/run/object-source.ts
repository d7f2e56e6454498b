import type { ObjectChanges, StateCoverage } from '../view/cluster-state.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** What is new since the last time, of one moment. */
export interface TakenChanges extends ObjectChanges, StateCoverage {
  /** Epoch milliseconds. */
  takenAt: number;
  scope: ClusterView['scope'];
}

/** One reader of objects that change. */
export interface ObjectFollower {
  /** What is new since it was called last; the first time all that is there. */
  take(): TakenChanges;
  end(): void;
}

/** Objects that change. */
export interface ObjectSource {
  /** `onChange` is called whenever there may be something to take. */
  follow(onChange: () => void): ObjectFollower;
}

/** Time as a live diagnosis uses it; tests bring their own. */
export interface DiagnosisClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}
