import { isKind, type KindTypes, type ObjectRef, refLabel, refOf } from '@quarterdeck/contract';
import { isInsideName } from '../graph/hosts/resolve-host.ts';
import type { LogFact } from '../logs/log-fact.ts';
import { factsOf } from '../logs/log-fact.ts';
import { readText } from '../logs/read-log.ts';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { configuredCalls, type FailedCall, failedCalls, podsBehind } from '../pods/called-services.ts';
import type { Pod } from '../pods/containers.ts';
import { evidence, logEvidence, timeOf } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import { clusterDnsServices } from '../routing/cluster-dns.ts';
import {
  allowedText,
  type Blocking,
  blockingPolicies,
  decisivePolicy,
  nearlyText,
  policiesWithoutDns,
  policiesWithoutOutside,
  type Traffic,
} from '../routing/network-policy.ts';
import { servicePortOf } from '../routing/service-ports.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending, stringFact } from './explain.ts';
import { type LogSymptom, logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

export type BlockedFacts = {
  policy: string;
  direction: string;
  caller: string;
  callerNamespace: string;
  target: string;
  port: number | null;
  allowed: string;
  hint: string | null;
  protocol: string;
};

const blocks: Mechanism<BlockedFacts> = {
  id: 'network-policy-blocks',
  title: (facts) => `NetworkPolicy ${facts.policy} blocks ${facts.caller} from ${facts.target}`,
  sentence: (facts) =>
    `NetworkPolicy ${facts.policy} does not let ${facts.caller} reach ${facts.target}${facts.port === null ? '' : ` on port ${facts.port}`}: its ${facts.direction.toLowerCase()} rules allow ${facts.allowed}${facts.hint === null ? '' : ` (${facts.hint})`}, so the connections time out.`,
};

const rule = 'network-policy';

/** Failures that a dropped packet looks like; a refusal means that somebody answered. */
const silent: readonly FailedCall['reason'][] = ['timeout', 'unreachable', 'waiting'];

/** Policies are blamed only where callers fail: whether the cluster enforces them at all is not seen from here. */
export const networkPolicyRule = defineRule({
  id: rule,
  explains: symptomsWithLog,
  mechanisms: [blocks],
  *explain(finding, view) {
    if (view.list('NetworkPolicy').length === 0) return;
    const symptom = logSymptom(finding, view);
    const pod = symptom?.log.pod ?? view.get('Pod', finding.object.namespace, finding.object.name);
    // Policies are not applied to pods on the node's network.
    if (pod === undefined || pod.spec?.hostNetwork === true) return;
    const probe = readText(stringFact(finding.facts, 'output') ?? '');
    const facts = [
      ...(symptom === null ? [] : [...symptomFacts(finding, symptom, 'connect-failed', view), ...symptomFacts(finding, symptom, 'waiting-for', view)]),
      ...probe,
    ];
    for (const suspect of suspects(facts, pod, view)) {
      const seen = suspect.fact === null || symptom === null ? [] : [logEvidence(podRef(pod), symptom.log.container, suspect.fact, { decisive: true })];
      yield* blocked({ finding, pod, suspect, seen }, view);
    }
    yield* outside({ finding, pod, seen: [] }, facts, symptom, view);
    const unresolved = factsOf(facts, 'connect-failed').find(
      ({ claim, line }) => claim.reason === 'host-not-found' || (claim.reason === 'timeout' && isLookup(line)),
    );
    if (unresolved !== undefined) yield* withoutDns(finding, pod, unresolved.claim.host, view);
  },
});

interface Suspect {
  target: ObjectRef;
  port: number | null;
  fact: LogFact | null;
}

/** Calls that hang: those that the log names, else, where it names none, those that are configured. */
function suspects(facts: readonly LogFact[], pod: Pod, view: RuleView): Suspect[] {
  const named = failedCalls(facts, pod, view).filter(({ reason }) => silent.includes(reason));
  const found = named.flatMap(({ target, port, fact }) => (target === null ? [] : [{ target, port, fact }]));
  const nameless = factsOf(facts, 'connect-failed').find(({ claim }) => claim.host === null && (claim.reason === 'timeout' || claim.reason === 'unreachable'));
  if (found.length > 0 || nameless === undefined) return found;
  return configuredCalls(pod, view).map(({ to, detail }) => ({ target: to, port: typeof detail.port === 'number' ? detail.port : null, fact: nameless }));
}

interface Blocked {
  finding: IdentifiedFinding;
  pod: Pod;
  suspect: Suspect;
  seen: Explanation['evidence'];
}

function* blocked({ finding, pod, suspect, seen }: Blocked, view: RuleView): Iterable<Explanation> {
  const service = view.find(suspect.target);
  const via = service !== undefined && isKind(service, 'Service') ? (service.spec?.clusterIPs ?? []) : [];
  for (const server of podsBehind(suspect.target, view)) {
    const traffic: Traffic = { from: pod, to: server, port: containerPort(suspect, server, view), protocol: 'TCP', via };
    const blocking = blockingPolicies(traffic, view);
    if (blocking === null) continue;
    yield blame({ finding, pod, target: refLabel({ ...suspect.target, namespace: null }), blocking, traffic, servicePort: suspect.port, seen }, view);
    return;
  }
}

interface Blame {
  finding: IdentifiedFinding;
  pod: Pod;
  target: string;
  blocking: Blocking;
  traffic: Traffic;
  servicePort: number | null;
  seen: Explanation['evidence'];
}

function blame({ finding, pod, target, blocking, traffic, servicePort, seen }: Blame, view: RuleView): Explanation {
  const { direction } = blocking;
  const { policy, nearly } = decisivePolicy(blocking, traffic, view);
  const facts: BlockedFacts = {
    policy: policy.metadata.name,
    direction,
    caller: callerText(pod, view),
    callerNamespace: pod.metadata.namespace ?? '',
    target,
    port: traffic.port,
    protocol: traffic.protocol,
    allowed: allowedText(policy, direction),
    hint: nearlyText(policy, direction, nearly, traffic, servicePort, view),
  };
  return ending(
    finding,
    { object: refOf(policy), mechanism: blocks.id, facts },
    { rule, strength: 'likely', evidence: [policyEvidence(policy, facts), ...seen] },
  );
}

/** Calls to the world outside that hang, of a pod that no policy lets out there. */
function* outside({ finding, pod }: Omit<Blocked, 'suspect'>, facts: readonly LogFact[], symptom: LogSymptom | null, view: RuleView): Iterable<Explanation> {
  const call = failedCalls(facts, pod, view).find(({ target, reason }) => target === null && (reason === 'timeout' || reason === 'unreachable'));
  const policies = call === undefined || isLookup(call.fact.line) || isInsideName(call.host) ? [] : policiesWithoutOutside(pod, call.port, view);
  if (call === undefined || policies.length === 0) return;
  const seen = symptom === null ? [] : [logEvidence(podRef(pod), symptom.log.container, call.fact, { decisive: true })];
  yield withPolicies({ finding, pod, policies, target: call.host, port: call.port }, seen, view);
}

interface WithPolicies {
  finding: IdentifiedFinding;
  pod: Pod;
  policies: Blocking['policies'];
  target: string;
  port: number | null;
}

/** Egress that no rule of any policy lets out: the one that allows nothing, else the youngest. */
function withPolicies({ finding, pod, policies, target, port }: WithPolicies, seen: Explanation['evidence'], view: RuleView): Explanation {
  const closed = policies.filter((policy) => allowedText(policy, 'Egress') === 'nothing');
  const [policy = undefined] = (closed.length > 0 ? closed : policies).toSorted(
    (a, b) => (timeOf(b.metadata.creationTimestamp) ?? 0) - (timeOf(a.metadata.creationTimestamp) ?? 0),
  );
  if (policy === undefined) throw new RangeError('A blocking without a policy.');
  const allowed = allowedText(policy, 'Egress');
  const facts: BlockedFacts = {
    policy: policy.metadata.name,
    direction: 'Egress',
    caller: callerText(pod, view),
    callerNamespace: pod.metadata.namespace ?? '',
    target,
    port,
    protocol: 'TCP',
    allowed,
    hint: null,
  };
  return ending(
    finding,
    { object: refOf(policy), mechanism: blocks.id, facts },
    { rule, strength: 'likely', evidence: [policyEvidence(policy, facts), ...seen] },
  );
}

function isLookup(line: string): boolean {
  return /:53\b|\blookup\b|resolv|getaddrinfo/i.test(line);
}

function callerText(pod: Pod, view: RuleView): string {
  return refLabel({ ...view.topOwner(podRef(pod)), namespace: null });
}

function containerPort({ target, port }: Suspect, server: Pod, view: RuleView): number | null {
  const service = view.find(target);
  return service !== undefined && isKind(service, 'Service') ? servicePortOf(service, port, server) : port;
}

function policyEvidence(policy: KindTypes['NetworkPolicy'], facts: BlockedFacts) {
  const path = facts.direction === 'Ingress' ? 'spec.ingress' : 'spec.egress';
  return evidence({
    source: 'spec',
    object: refOf(policy),
    path,
    value: facts.allowed,
    text: `NetworkPolicy ${facts.policy} allows ${facts.direction.toLowerCase()}: ${facts.allowed}`,
    decisive: true,
  });
}

/** Names cannot be looked up: no policy lets the pod ask the cluster's DNS, as far as its pods are seen, or port 53 of anything. */
function* withoutDns(finding: IdentifiedFinding, pod: Pod, host: string | null, view: RuleView): Iterable<Explanation> {
  const target = host === null ? 'cluster DNS' : `cluster DNS (to look up ${host})`;
  for (const service of clusterDnsServices(view)) {
    const [server] = podsBehind(refOf(service), view);
    if (server === undefined) continue;
    const traffic: Traffic = { from: pod, to: server, port: 53, protocol: 'UDP', via: service.spec?.clusterIPs ?? [] };
    const blocking = blockingPolicies(traffic, view);
    if (blocking !== null) yield blame({ finding, pod, target, blocking, traffic, servicePort: null, seen: [] }, view);
    return;
  }
  const policies = policiesWithoutDns(pod, view);
  if (policies.length > 0) yield withPolicies({ finding, pod, policies, target, port: 53 }, [], view);
}
