import { type HealthState, healthStates, type Issue, refKey, severities, type TopologyNode } from '@quarterdeck/contract';
import type { ClusterView } from '../view/cluster-view.ts';

/** States that say less than an issue does. */
const mild: readonly HealthState[] = ['healthy', 'pending', 'unknown'];

/** The nodes with the worst issue that each has a part in; where it is the cause of one, that one. */
export function withIssues(nodes: readonly TopologyNode[], issues: readonly Issue[], view: ClusterView): TopologyNode[] {
  const marks = new Map<string, { issue: Issue; cause: boolean }>();
  const worstFirst = issues.toSorted((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity));
  for (const issue of worstFirst) {
    if (issue.cause !== null) mark(marks, refKey(issue.cause), { issue, cause: true });
    for (const ref of issue.affected.flatMap((each) => [each, view.topOwner(each)])) mark(marks, refKey(ref), { issue, cause: false });
  }
  return nodes.map((node) => {
    const found = marks.get(node.id);
    if (found === undefined) return node;
    const { id, title, severity } = found.issue;
    const state = mild.includes(node.state) ? severity : node.state;
    return { ...node, state, stateText: node.stateText || title, issue: { id, title, cause: found.cause } };
  });
}

function mark(marks: Map<string, { issue: Issue; cause: boolean }>, key: string, next: { issue: Issue; cause: boolean }): void {
  const before = marks.get(key);
  if (before === undefined || (next.cause && !before.cause)) marks.set(key, next);
}

/** The worst of several states; what is scaled down or paused does not count. */
export function worstState(states: readonly HealthState[]): HealthState {
  return healthStates.find((state) => state !== 'scaledToZero' && state !== 'paused' && states.includes(state)) ?? 'healthy';
}
