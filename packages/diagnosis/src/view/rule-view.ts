import type { ObjectRef } from '@quarterdeck/contract';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { ClusterView } from './cluster-view.ts';

/** What a causal rule may look at: the cluster and every finding of this run. */
export interface RuleView extends ClusterView {
  findingsOn(ref: ObjectRef, code?: string): readonly IdentifiedFinding[];
  findingsOf(code: string): readonly IdentifiedFinding[];
}
