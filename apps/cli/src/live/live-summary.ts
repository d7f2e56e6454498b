import type { ClusterAccess } from '@quarterdeck/cluster';
import { issueTouches } from '@quarterdeck/contract';
import { toIssue } from '@quarterdeck/diagnosis';
import { look } from '../cluster/diagnose-cluster.ts';
import { kubeAge } from '../output/kube-age.ts';
import { type LiveState, shownLines } from './live-state.ts';

export interface SummaryOf {
  access: ClusterAccess;
  /** Null: all namespaces. */
  namespace: string | null;
  now(): number;
}

/** Issues beyond this are counted. */
const mostIssues = 5;

/** How many there are of each state, what changed last, and what is broken where they are. */
export async function summaryOf(state: LiveState, { access, namespace, now }: SummaryOf, signal: AbortSignal): Promise<string[]> {
  const counted = countsOf(state);
  const lines = shownLines(state).toSorted((a, b) => b.at - a.at);
  const [last] = lines;
  const changed = last === undefined ? [] : [`Last change: ${last.cells[0] ?? last.key}, ${kubeAge(now() - last.at)} ago`];
  const { diagnosis } = await look(access, namespace === null ? {} : { namespace }, signal);
  const issues = diagnosis.incidents.map(toIssue).filter((issue) => namespace === null || issueTouches(issue, namespace));
  const told = issues.slice(0, mostIssues).map(({ title, explanation }) => `${title}: ${explanation}`);
  const more = issues.length > mostIssues ? [`… and ${issues.length - mostIssues} more: qd issues`] : [];
  return [counted, ...changed, ...(issues.length === 0 ? ['Nothing is broken here.'] : told), ...more];
}

function countsOf(state: LiveState): string {
  const column = state.head.findIndex((name) => /^(status|state|ready|phase|type)$/i.test(name));
  const lines = shownLines(state).filter(({ gone }) => !gone);
  const gone = shownLines(state).length - lines.length;
  const counts = Map.groupBy(lines, ({ cells }) => cells[column] ?? 'there');
  const parts = [...counts].map(([value, of]) => `${of.length} ${value}`);
  return [...parts, ...(gone > 0 ? [`${gone} gone`] : [])].join(', ') || 'Nothing is there.';
}
