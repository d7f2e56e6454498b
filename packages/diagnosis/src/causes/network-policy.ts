import { isKind, type KindTypes, type ObjectRef, refLabel, refOf } from '@quarterdeck/contract';
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
import { allowedText, type Blocking, blockingPolicies, policiesWithoutDns } from '../routing/network-policy.ts';
import { servicePortOf } from '../routing/service-ports.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending, stringFact } from './explain.ts';
import { logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

export type BlockedFacts = { policy: string; direction: string; caller: string; target: string; port: number | null; allowed: string };

const blocks: Mechanism<BlockedFacts> = {
  id: 'network-policy-blocks',
  title: (facts) => `NetworkPolicy ${facts.policy} blocks ${facts.caller} from ${facts.target}`,
  sentence: (facts) =>
    `NetworkPolicy ${facts.policy} does not let ${facts.caller} reach ${facts.target}${facts.port === null ? '' : ` on port ${facts.port}`}: its ${facts.direction.toLowerCase()} rules allow ${facts.allowed}, so the connections time out.`,
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
    if (pod === undefined) return;
    const probe = readText(stringFact(finding.facts, 'output') ?? '');
    const facts = [
      ...(symptom === null ? [] : [...symptomFacts(finding, symptom, 'connect-failed', view), ...symptomFacts(finding, symptom, 'waiting-for', view)]),
      ...probe,
    ];
    for (const suspect of suspects(facts, pod, view)) {
      const seen = suspect.fact === null || symptom === null ? [] : [logEvidence(podRef(pod), symptom.log.container, suspect.fact, { decisive: true })];
      yield* blocked({ finding, pod, suspect, seen }, view);
    }
    const unresolved = factsOf(facts, 'connect-failed').find(({ claim }) => claim.reason === 'host-not-found' || claim.reason === 'timeout');
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
  for (const server of podsBehind(suspect.target, view)) {
    const port = containerPort(suspect, server, view);
    const blocking = blockingPolicies({ from: pod, to: server, port, protocol: 'TCP' }, view);
    if (blocking === null) continue;
    const policy = mostSpecific(blocking);
    const facts = {
      policy: policy.metadata.name,
      direction: blocking.direction,
      caller: callerText(pod, view),
      target: refLabel({ ...suspect.target, namespace: null }),
      port,
      allowed: allowedText(policy, blocking.direction),
    };
    yield ending(
      finding,
      { object: refOf(policy), mechanism: blocks.id, facts },
      { rule, strength: 'likely', evidence: [policyEvidence(policy, facts), ...seen] },
    );
    return;
  }
}

function callerText(pod: Pod, view: RuleView): string {
  return refLabel({ ...view.topOwner(podRef(pod)), namespace: null });
}

function containerPort({ target, port }: Suspect, server: Pod, view: RuleView): number | null {
  const service = view.find(target);
  return service !== undefined && isKind(service, 'Service') ? servicePortOf(service, port, server) : port;
}

/** A policy that allows something was meant to let callers in; one that denies everything speaks only where it is alone. */
function mostSpecific({ policies, direction }: Blocking): KindTypes['NetworkPolicy'] {
  const permissive = policies.filter((policy) => allowedText(policy, direction) !== 'nothing');
  const [latest] = (permissive.length > 0 ? permissive : policies).toSorted(
    (a, b) => (timeOf(b.metadata.creationTimestamp) ?? 0) - (timeOf(a.metadata.creationTimestamp) ?? 0) || (a.metadata.name < b.metadata.name ? -1 : 1),
  );
  if (latest === undefined) throw new RangeError('A blocking without a policy.');
  return latest;
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

function* withoutDns(finding: IdentifiedFinding, pod: Pod, host: string | null, view: RuleView): Iterable<Explanation> {
  const policies = policiesWithoutDns(pod, view);
  if (policies.length === 0) return;
  const policy = mostSpecific({ direction: 'Egress', policies });
  const facts: BlockedFacts = {
    policy: policy.metadata.name,
    direction: 'Egress',
    caller: callerText(pod, view),
    target: host === null ? 'cluster DNS' : `cluster DNS (to look up ${host})`,
    port: 53,
    allowed: allowedText(policy, 'Egress'),
  };
  yield ending(finding, { object: refOf(policy), mechanism: blocks.id, facts }, { rule, strength: 'likely', evidence: [policyEvidence(policy, facts)] });
}
