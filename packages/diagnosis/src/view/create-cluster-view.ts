import type { EvidenceAnswer, EvidenceRequest } from '@quarterdeck/cluster';
import type { KubeObject } from '@quarterdeck/contract';
import { ClusterState, type StateCoverage } from './cluster-state.ts';
import type { ClusterView } from './cluster-view.ts';

export interface ClusterViewInput extends StateCoverage {
  objects: Iterable<KubeObject>;
  /** Epoch milliseconds. */
  now: number;
  /** The namespaces that were read; null (the default) for the whole cluster. */
  scope?: readonly string[] | null;
  answers?: EvidenceAnswers;
}

/** Answers by `evidenceKey`. */
export type EvidenceAnswers = ReadonlyMap<string, EvidenceAnswer>;

/** A view together with the questions that were asked of it and are still open. */
export interface OpenView {
  view: ClusterView;
  openQuestions(): EvidenceRequest[];
}

/** A view of one moment that nobody follows. */
export function createClusterView({ objects, now, scope = null, answers = new Map(), ...coverage }: ClusterViewInput): OpenView {
  const state = new ClusterState(scope, now, answers);
  state.coverage.set(coverage);
  runThrough(state.apply({ upserts: objects, deletes: [] }));
  runThrough(state.settle());
  return { view: state.view, openQuestions: () => state.evidence.open() };
}

function runThrough(steps: Iterable<void>): void {
  for (const _step of steps);
}
