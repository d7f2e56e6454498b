import { type Diagnosis, planFor, toIssueDetail } from '@quarterdeck/diagnosis';
import type { CheckedCluster } from './asked-cluster.ts';

/** A diagnosis as questions look at it. */
export function checkedCluster({ incidents, coverage, view }: Diagnosis): CheckedCluster {
  return {
    issues: incidents.map((incident) => toIssueDetail(incident, view)),
    coverage,
    view,
    plan({ issueId, userContext, horizon }) {
      const incident = incidents.find(({ id }) => id === issueId);
      return incident === undefined ? null : planFor(incident, view, { userContext, horizon });
    },
  };
}
