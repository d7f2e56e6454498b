import { type KubeObject, type ObjectRef, refLabel, refOf } from '@quarterdeck/contract';
import { meshDeniesAll, meshRefusesPlain } from '../analysers/mesh-policy.ts';
import { type MeshRouteFacts, meshRouteBroken } from '../analysers/virtual-service.ts';
import { textAt } from '../custom/fields.ts';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { configuredCalls, podsBehind } from '../pods/called-services.ts';
import type { Pod } from '../pods/containers.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import { serviceAt } from '../routing/cluster-dns.ts';
import { denyingPolicyFor, isMeshed, networkingGroup, securityGroup, strictPolicyFor } from '../routing/mesh.ts';
import { servicePortOf } from '../routing/service-ports.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed, listFact, numberFact, stringFact } from './explain.ts';
import { callsBehind } from './failed-calls.ts';
import { logSymptom, symptomsWithLog } from './log-findings.ts';

const id = 'mesh';

export type MeshPolicyFacts = { policy: string; caller: string; target: string; line: string | null };

export const meshRequiresMutualTls = defineMechanism<MeshPolicyFacts>({
  id: 'mesh-requires-mutual-tls',
  title: (facts) => `PeerAuthentication ${facts.policy} refuses ${facts.caller}, which is not in the mesh`,
  sentence: (facts) =>
    `PeerAuthentication ${facts.policy} has mode STRICT, so the proxies of ${facts.target} take mutual TLS alone, but the pods of ${facts.caller} have no proxy of the mesh and speak plainly: their connections are reset.`,
});

export const meshDenies = defineMechanism<MeshPolicyFacts>({
  id: 'mesh-denies',
  title: (facts) => `AuthorizationPolicy ${facts.policy} denies every request to ${facts.target}`,
  sentence: (facts) =>
    `AuthorizationPolicy ${facts.policy} allows no request to ${facts.target}, so ${facts.caller} is answered with 403 (RBAC: access denied).${facts.line === null ? '' : ` Log: ${facts.line}`}`,
});

export const meshRoute = defineMechanism<MeshRouteFacts & { route: string }>({
  id: 'mesh-route-broken',
  title: (facts) =>
    `${facts.route} leads to ${facts.subset === null ? '' : `subset ${facts.subset} of `}${facts.host}: ${meshRouteBroken.message(facts, noObject)}`,
  sentence: (facts) =>
    `${facts.route} (${facts.path}) leads to ${facts.subset === null ? '' : `subset ${facts.subset} of `}${facts.host}. ${meshRouteBroken.message(facts, noObject)}${
      facts.meant === null ? '' : ` There is ${facts.meant}.`
    }${facts.rule === null ? '' : ` DestinationRule ${facts.rule} defines it.`} Its requests are answered with 503.`,
});

const noObject: ObjectRef = { apiVersion: `${networkingGroup}/v1`, kind: 'VirtualService', namespace: null, name: '' };

/** What a connection to a proxy that wants mutual TLS ends with, and what one says that is not allowed. */
const reset = /connection reset|ECONNRESET|broken pipe|EOF|remote end closed connection|socket hang up|empty reply/i;
const denied = /RBAC: access denied|\b403\b/;

export const meshRule = defineRule({
  id,
  explains: [meshRouteBroken.code, meshDeniesAll.code, meshRefusesPlain.code, ...symptomsWithLog],
  mechanisms: [meshRequiresMutualTls, meshDenies, meshRoute],
  *explain(finding, view): Iterable<Explanation> {
    if (finding.code === meshRouteBroken.code) {
      yield brokenRoute(finding);
      return;
    }
    if (finding.code === meshDeniesAll.code || finding.code === meshRefusesPlain.code) {
      yield byPolicy(finding);
      return;
    }
    if (view.listCustom(securityGroup, 'PeerAuthentication').length + view.listCustom(securityGroup, 'AuthorizationPolicy').length === 0) return;
    const symptom = logSymptom(finding, view);
    const pod = symptom?.log.pod ?? view.get('Pod', finding.object.namespace, finding.object.name);
    if (pod !== undefined) yield* refusals(finding, pod, view);
  },
});

function brokenRoute(finding: IdentifiedFinding): Explanation {
  const text = (name: string) => stringFact(finding.facts, name);
  const facts = {
    route: `VirtualService ${finding.object.name}`,
    problem: text('problem') ?? '',
    host: text('host') ?? '',
    subset: text('subset'),
    port: finding.facts.port === null ? null : numberFact(finding.facts, 'port'),
    meant: text('meant'),
    labels: text('labels'),
    rule: text('rule'),
    path: text('path') ?? '',
  };
  return endsAt({ rule: id, finding, mechanism: meshRoute, object: finding.object, facts, strength: 'certain', evidence: finding.evidence });
}

function byPolicy(finding: IdentifiedFinding): Explanation {
  const { object, evidence: seen } = finding;
  const names = (name: string) => listed(listFact(finding.facts, name));
  const facts = { policy: object.name, caller: names('callers'), target: names('services'), line: null };
  const mechanism = finding.code === meshDeniesAll.code ? meshDenies : meshRequiresMutualTls;
  return endsAt({ rule: id, finding, mechanism, object, facts, strength: 'certain', evidence: seen });
}

interface Callee {
  target: ObjectRef;
  port: number | null;
}

/** The policies of the mesh that refuse what the pod calls; its log or the finding's evidence must tell of such an end. */
function* refusals(finding: IdentifiedFinding, pod: Pod, view: RuleView): Iterable<Explanation> {
  const said = [
    ...finding.evidence.filter(({ source }) => source === 'log' || source === 'event').map(({ text }) => text),
    stringFact(finding.facts, 'output') ?? '',
  ];
  const ends = { reset: said.find((line) => reset.test(line)), denied: said.find((line) => denied.test(line)) };
  if (ends.reset === undefined && ends.denied === undefined) return;
  for (const callee of calleesOf(finding, pod, view)) {
    const found = refusalBy(callee, pod, ends, view);
    if (found === null) continue;
    const { policy, mechanism, field, value, line } = found;
    const caller = refLabel({ ...view.topOwner(podRef(pod)), namespace: null });
    const facts = { policy: policy.metadata.name, caller, target: refLabel({ ...callee.target, namespace: null }), line };
    const seen = [fieldEvidence(refOf(policy), field, value, { decisive: true }), evidence({ source: 'log', object: podRef(pod), text: line, decisive: true })];
    yield endsAt({ rule: id, finding, mechanism, object: refOf(policy), facts, strength: 'likely', evidence: seen });
  }
}

interface Refusal {
  policy: KubeObject;
  mechanism: Mechanism<MeshPolicyFacts>;
  field: string;
  value: string;
  line: string;
}

function refusalBy(callee: Callee, pod: Pod, ends: { reset: string | undefined; denied: string | undefined }, view: RuleView): Refusal | null {
  const [server] = podsBehind(callee.target, view);
  if (server === undefined || !isMeshed(server)) return null;
  const service = serviceAt(callee.target, view);
  const port = service === undefined ? callee.port : servicePortOf(service, callee.port, server);
  const strict = ends.reset === undefined || isMeshed(pod) ? null : strictPolicyFor(server, port, view);
  if (strict !== null && ends.reset !== undefined)
    return {
      policy: strict,
      mechanism: meshRequiresMutualTls,
      field: 'spec.mtls.mode',
      value: textAt(strict, 'spec', 'mtls', 'mode') ?? 'STRICT',
      line: ends.reset,
    };
  const denying = ends.denied === undefined ? null : denyingPolicyFor(server, view);
  return denying === null || ends.denied === undefined
    ? null
    : { policy: denying, mechanism: meshDenies, field: 'spec.rules', value: 'none that allows it', line: ends.denied };
}

/** What the log says that it called, else what it is configured to call. */
function calleesOf(finding: IdentifiedFinding, pod: Pod, view: RuleView): Callee[] {
  const named = callsBehind(finding, logSymptom(finding, view), pod, view).flatMap(({ target, port }) => (target === null ? [] : [{ target, port }]));
  if (named.length > 0) return named;
  return configuredCalls(pod, view).map(({ to, detail }) => ({ target: to, port: typeof detail.port === 'number' ? detail.port : null }));
}
