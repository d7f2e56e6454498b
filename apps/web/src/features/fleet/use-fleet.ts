import { type Cluster, type Severity, severities } from '@quarterdeck/contract';
import { useMemo } from 'react';
import { applyIssuesFrame, type IssuesState } from '../../live/issues-state.ts';
import type { DataFrame } from '../../live/live-client.ts';
import { useLive } from '../../live/use-live.ts';

function apply(state: IssuesState | null, frame: DataFrame): IssuesState | null {
  return frame.type === 'issuesSnapshot' || frame.type === 'issuesDelta' ? applyIssuesFrame(state, frame) : state;
}

export interface ClusterIssues {
  /** Null until the first check is done. */
  counts: readonly (readonly [Severity, number])[] | null;
  failed: boolean;
}

/** How many issues of each severity a cluster has, live; nothing is asked of one that is not connected. */
export function useClusterIssues({ id }: Pick<Cluster, 'id'>, connected: boolean): ClusterIssues {
  const request = useMemo(() => (connected ? ({ type: 'subscribeIssues', cluster: id } as const) : null), [id, connected]);
  const { state, error } = useLive(request, apply);
  return useMemo(() => {
    if (state === null || state.checkedAt === null) return { counts: null, failed: error !== null };
    const issues = [...state.issues.values()];
    const counts = severities.map((severity) => [severity, issues.filter((issue) => issue.severity === severity).length] as const);
    return { counts: counts.filter(([, count]) => count > 0), failed: false };
  }, [state, error]);
}
