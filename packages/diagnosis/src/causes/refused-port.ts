import { isKind, type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { PortMismatchFacts } from '../analysers/service-ports.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import type { FailedCall } from '../pods/called-services.ts';
import { isReady, type Pod } from '../pods/containers.ts';
import { fieldEvidence, logEvidence, timeOf } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import { lacksPort } from '../routing/called-port.ts';
import { type Listening, type LoopbackSetting, listeningOf, loopbackSetting } from '../routing/listen-address.ts';
import { declaredPorts } from '../routing/pod-ports.ts';
import { backendPods } from '../routing/service-backends.ts';
import { calledPort, servicePortOf, targetNumber } from '../routing/service-ports.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, ending } from './explain.ts';
import { callsBehind } from './failed-calls.ts';
import { type LogSymptom, logSymptom, symptomsWithLog } from './log-findings.ts';
import { servicePortMismatch } from './service-port.ts';

const rule = 'refused-port';

/** So long it takes until every node sends traffic to a pod that became ready. */
const settlingMs = 5000;

/** `listens` is what its log or its settings say instead; null where neither says anything. */
export type ListensElsewhereFacts = { workload: string; port: number; service: string; caller: string; loopback: boolean; listens: string | null };

export const listensElsewhere = defineMechanism<ListensElsewhereFacts>({
  id: 'program-listens-elsewhere',
  title: (facts) => (facts.loopback ? `${facts.workload} listens on the loopback address only` : `Nothing in ${facts.workload} answers on port ${facts.port}`),
  sentence: (facts) =>
    `${facts.caller} is refused at port ${facts.port} of ${facts.workload} (through Service ${facts.service}) although its pods are ready: ${
      facts.loopback
        ? `the program listens on the loopback address only (${facts.listens}), which nothing outside its pod can reach; it should listen on 0.0.0.0`
        : facts.listens === null
          ? 'nothing listens there, or on the loopback address only'
          : `the program listens on port ${facts.listens}`
    }.`,
});

interface Refused {
  finding: IdentifiedFinding;
  symptom: LogSymptom;
  call: FailedCall;
  service: KindTypes['Service'];
  caller: string;
  pod: Pod;
  target: number;
}

/** A caller is refused by ready pods: the Service sends it to the wrong port, or the program listens elsewhere. */
export const refusedPortRule = defineRule({
  id: rule,
  explains: symptomsWithLog,
  mechanisms: [listensElsewhere, servicePortMismatch],
  *explain(finding, view) {
    const symptom = logSymptom(finding, view);
    if (symptom === null) return;
    const owner = view.topOwner(podRef(symptom.log.pod));
    for (const call of callsBehind(finding, symptom, symptom.log.pod, view)) {
      const service = call.target === null || call.reason !== 'refused' ? undefined : view.find(call.target);
      if (service === undefined || !isKind(service, 'Service') || view.findingsOn(refOf(service)).length > 0 || lacksPort(service, call.port)) continue;
      const pod = backendPods(view, service).find((backend) => wasReady(backend, call.fact.lastAt));
      const target = pod === undefined ? null : servicePortOf(service, call.port, pod);
      if (pod === undefined || target === null) continue;
      yield* refusals({ finding, symptom, call, service, caller: `${owner.kind} ${owner.name}`, pod, target }, view);
    }
  },
});

/** Whether the pod was ready before the latest refusal: one that came up since then says nothing of it. */
function wasReady(pod: Pod, refusedAt: string | null): boolean {
  const since = timeOf(pod.status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime);
  const at = timeOf(refusedAt);
  return isReady(pod) && (at === null || since === null || since + settlingMs <= at);
}

function* refusals(refused: Refused, view: RuleView): Iterable<Explanation> {
  const { pod, target } = refused;
  const declared = tcpPorts(pod);
  const owner = view.topOwner(podRef(pod));
  const setting = loopbackSetting(pod, view);
  const said = listeningOf(pod, view);
  const bound = said.find(({ port, loopback }) => loopback && port === target) ?? null;
  if (bound !== null || (setting !== null && (declared.length === 0 || declared.includes(target)))) {
    yield elsewhere(refused, setting?.object ?? owner, { setting, bound, other: null }, 'likely', view);
    return;
  }
  const other = said.find(({ port }) => port !== target) ?? null;
  if (!declared.includes(target)) yield* wrongTarget(refused, declared, other);
  const listens = said.some(({ port }) => port === target);
  if (!listens) yield elsewhere(refused, owner, { setting: null, bound: null, other }, declared.includes(target) ? 'likely' : 'possible', view);
}

function tcpPorts(pod: Pod): number[] {
  return [...new Set(declaredPorts(pod).flatMap(({ protocol, number }) => (protocol === 'TCP' ? [number] : [])))];
}

function* wrongTarget(refused: Refused, declared: readonly number[], other: Listening | null): Iterable<Explanation> {
  const { service, target, caller, call } = refused;
  const entry = calledPort(service, call.port);
  if (entry === null || targetNumber(entry) === null) return;
  const index = (service.spec?.ports ?? []).indexOf(entry);
  const [meant = null] = declared.length === 0 && other !== null ? [other.port] : declared.length === 1 ? declared : [];
  const heard = declared.length === 0 && other !== null ? `; the log of ${other.container} says that it listens on ${other.port}` : '';
  const facts: PortMismatchFacts = {
    index,
    port: entry.port,
    targetPort: String(target),
    declared: declared.map(String),
    meant: meant === null ? null : String(meant),
    witness: `${caller} is refused there${heard}`,
  };
  const object = refOf(service);
  const seen = [
    fieldEvidence(object, `spec.ports[${index}].targetPort`, target, { decisive: true }),
    ...listeningEvidence(refused, other),
    callEvidence(refused),
  ];
  yield ending(refused.finding, { object, mechanism: servicePortMismatch.id, facts }, { rule, strength: 'likely', evidence: seen });
}

interface Elsewhere {
  setting: LoopbackSetting | null;
  bound: Listening | null;
  other: Listening | null;
}

function elsewhere(refused: Refused, object: ObjectRef, found: Elsewhere, strength: Explanation['strength'], view: RuleView): Explanation {
  const { setting, bound, other } = found;
  const owner = view.topOwner(podRef(refused.pod));
  const facts: ListensElsewhereFacts = {
    workload: `${owner.kind} ${owner.name}`,
    port: refused.target,
    service: refused.service.metadata.name,
    caller: refused.caller,
    loopback: setting !== null || bound !== null,
    listens: setting?.text ?? bound?.fact.line ?? (other === null ? null : String(other.port)),
  };
  const seen = [
    ...(setting === null ? [] : [fieldEvidence(setting.object, setting.path, setting.text, { decisive: true })]),
    ...listeningEvidence(refused, bound ?? other),
    callEvidence(refused),
  ];
  return ending(refused.finding, { object, mechanism: listensElsewhere.id, facts }, { rule, strength, evidence: seen });
}

function listeningEvidence({ pod }: Refused, said: Listening | null): Explanation['evidence'] {
  return said === null ? [] : [logEvidence(podRef(pod), said.container, said.fact, { decisive: true })];
}

function callEvidence({ symptom, call }: Refused) {
  return logEvidence(podRef(symptom.log.pod), symptom.log.container, call.fact);
}
