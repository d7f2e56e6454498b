import { refKey, refOf } from '@quarterdeck/contract';
import { isInsideName } from '../graph/hosts/resolve-host.ts';
import type { LogFact, LogKind } from '../logs/log-fact.ts';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { failedCalls } from '../pods/called-services.ts';
import { containerLog } from '../pods/container-log.ts';
import { containersOf, isReady, type Pod } from '../pods/containers.ts';
import { logEvidence, timeOf } from '../pods/evidence.ts';
import { changeBefore, tellingFacts } from '../pods/telling-facts.ts';
import { podRef } from '../pods/workload.ts';
import { isolatingPolicies } from '../routing/network-policy.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type LogErrorFacts = { container: string; kind: LogKind; line: string; count: number };

export const containerLogErrors = defineCode<LogErrorFacts>({
  code: 'container-log-errors',
  title: 'A healthy pod keeps failing in its log',
  documentation:
    "The pod is Running and Ready, yet its log repeats what a runtime itself reports: a stack trace of something unhandled, or calls to a dependency that fail again and again. Words such as 'error' alone are never taken for a fault.",
  silentWhen:
    'The errors stand alone, are older than a few minutes, the log only uses such words (0 errors, failover done), or the other side of a connection merely went away.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 300,
  message: (facts) => `Running and ready, yet the log of ${facts.container} repeats an error (${facts.count} times): ${facts.line}`,
});

/** How often, and how lately, a fact must have been logged to be a fault of a pod that is otherwise well. */
const recurrence: Partial<Record<LogKind, { count: number; withinMs: number }>> = {
  exception: { count: 2, withinMs: 10 * 60_000 },
  'connect-failed': { count: 3, withinMs: 3 * 60_000 },
  'auth-failed': { count: 3, withinMs: 3 * 60_000 },
  'protocol-mismatch': { count: 3, withinMs: 3 * 60_000 },
  'tls-verify': { count: 3, withinMs: 3 * 60_000 },
  forbidden: { count: 3, withinMs: 3 * 60_000 },
  schema: { count: 3, withinMs: 3 * 60_000 },
  exhausted: { count: 3, withinMs: 3 * 60_000 },
  'disk-full': { count: 2, withinMs: 10 * 60_000 },
  'read-only': { count: 3, withinMs: 3 * 60_000 },
  'poison-message': { count: 3, withinMs: 3 * 60_000 },
};

function* analyse(pod: Pod, view: ClusterView): Iterable<RawFinding> {
  if (!isReady(pod) || !speaksForItsWorkload(pod, view)) return;
  for (const container of containersOf(pod).filter((candidate) => !candidate.init && candidate.status?.state?.running !== undefined)) {
    const log = containerLog(pod, container.name, view);
    const fact = log === null ? undefined : tellingFacts(log.reading.facts).find((candidate) => recurs(candidate, view));
    if (fact === undefined) continue;
    const object = podRef(pod);
    yield {
      code: containerLogErrors.code,
      object,
      discriminator: container.name,
      severity: callsOutside(fact, pod, view) ? 'low' : 'medium',
      since: timeOf(fact.firstAt),
      facts: { container: container.name, kind: fact.claim.kind, line: fact.line, count: fact.count },
      evidence: [logEvidence(object, container.name, fact, { decisive: true }), ...changeBefore([fact], { pod, container: container.name })],
    };
  }
}

/** What lies outside the cluster nobody here can mend, unless a policy of the cluster keeps the pod from it. */
function callsOutside(fact: LogFact, pod: Pod, view: ClusterView): boolean {
  const outside = failedCalls([fact], pod, view).some((call) => call.target === null && !isInsideName(call.host));
  return outside && isolatingPolicies(pod, 'Egress', view).length === 0;
}

/** One log is enough for many equal pods: the first ready one's by name. */
function speaksForItsWorkload(pod: Pod, view: ClusterView): boolean {
  const owner = view.topOwner(refOf(pod));
  const first = view.shared(`first ready pod|${refKey(owner)}`, () => view.podsOf(owner).find(isReady)?.metadata.name ?? null);
  return first === null || first === pod.metadata.name;
}

export function recurs(fact: LogFact, view: Pick<ClusterView, 'passed'>): boolean {
  // A server that answers 401 writes it into its own log as well.
  if (fact.claim.kind === 'auth-failed' && fact.claim.server === 'http') return false;
  if (fact.handled || isPeerGone(fact)) return false;
  const needed = recurrence[fact.claim.kind];
  if (needed === undefined || fact.count < needed.count) return false;
  const last = timeOf(fact.lastAt);
  return last === null || !view.passed(last + needed.withinMs);
}

/** What runtimes raise when the other side of a connection closes it: that says nothing of a server that goes on serving. */
const peerGone =
  /\b(?:BrokenPipe(?:Error)?|Connection(?:Reset|Aborted)(?:Error)?|SSLEOFError|SSLZeroReturnError|EOFException|ClosedChannelException|ClientAbortException|AsyncRequestNotUsableException)\b|\b(?:ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE)\b|\b(?:connection reset by peer|broken pipe|use of closed network connection|unexpected EOF)\b/i;

function isPeerGone({ claim }: LogFact): boolean {
  return claim.kind === 'exception' && peerGone.test(`${claim.type} ${claim.message}`);
}

export const containerLogs = defineAnalyser({
  id: 'container-logs',
  kind: 'Pod',
  reads: ['ReplicaSet', 'Job', 'Service'],
  codes: [containerLogErrors],
  analyse,
});
