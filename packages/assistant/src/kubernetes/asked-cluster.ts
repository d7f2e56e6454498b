import type { ClusterAccess } from '@quarterdeck/cluster';
import type { Coverage, IssueDetail, Plan, PlanRequest } from '@quarterdeck/contract';
import type { ClusterView } from '@quarterdeck/diagnosis';

/**
 * A cluster as one person may see it: the access and the check leave out what their policy hides. The server makes it
 * of its live index, `qd` of a connection of its own.
 */
export interface AskedCluster {
  readonly id: string;
  readonly access: ClusterAccess;
  /** The namespace that is meant where none is named. */
  readonly namespace: string | null;
  /** What is broken now, once the first check is done; kept while `signal` is not aborted. */
  checked(signal: AbortSignal): Promise<CheckedCluster>;
}

export interface CheckedCluster {
  /** Worst first, without what somebody put aside. */
  issues: readonly IssueDetail[];
  coverage: Coverage;
  /** Objects, relations and events, as the diagnosis sees them. */
  view: ClusterView;
  /** Null where the issue is gone. */
  plan(request: PlanRequest): Plan | null;
}
