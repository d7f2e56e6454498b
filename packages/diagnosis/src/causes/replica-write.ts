import { isKind, type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import { resolveHost } from '../graph/hosts/resolve-host.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { configuredCalls } from '../pods/called-services.ts';
import { isReady } from '../pods/containers.ts';
import { fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import { selectorText } from '../routing/service-state.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed } from './explain.ts';
import { type LogSymptom, logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';

const id = 'replica-write';

/** `others` are the labels of pods that the selector misses by one value alone: `role=primary`. */
export type ReplicaWriteFacts = { caller: string; service: string; selector: string; others: readonly string[]; line: string };

export const serviceReachesReplica = defineMechanism<ReplicaWriteFacts>({
  id: 'service-reaches-replica',
  title: (facts) => `Service ${facts.service} leads writes to a replica`,
  sentence: (facts) =>
    `${facts.caller} writes by way of Service ${facts.service}, whose selector ${facts.selector} matches pods that are read-only replicas; pods of the same program with ${listed(facts.others)} are ready and not selected. Log: ${facts.line}`,
});

/** A server that answers and refuses to write, behind a Service that could select another. */
export const replicaWriteRule = defineRule({
  id,
  explains: symptomsWithLog,
  mechanisms: [serviceReachesReplica],
  *explain(finding, view): Iterable<Explanation> {
    const symptom = logSymptom(finding, view);
    const fact = symptom === null ? undefined : symptomFacts(finding, symptom, 'replica-write', view)[0];
    if (symptom === null || fact === undefined) return;
    const { log, workload } = symptom;
    const said = logEvidence(podRef(log.pod), log.container, fact, { decisive: true });
    const found = calledServices(symptom, fact.claim.host, view).flatMap((service) => {
      const others = othersThan(service, view);
      return others.length === 0 ? [] : [{ service, others }];
    });
    const [only] = found;
    if (only === undefined || found.length > 1) return;
    const { service, others } = only;
    const facts = {
      caller: `${workload.ref.kind} ${workload.ref.name}`,
      service: service.metadata.name,
      selector: selectorText(service),
      others,
      line: fact.line,
    };
    const object = refOf(service);
    const evidence = [fieldEvidence(object, 'spec.selector', facts.selector, { decisive: true }), said];
    yield endsAt({ rule: id, finding, mechanism: serviceReachesReplica, object, facts, strength: 'certain', via: edgeTo(object, symptom, view), evidence });
  },
});

function calledServices({ log }: LogSymptom, host: string | null, view: RuleView): KindTypes['Service'][] {
  const named = host === null ? null : (resolveHost(host, null, log.pod.metadata.namespace ?? '', view)?.object ?? null);
  const targets = named === null ? configuredCalls(log.pod, view).map(({ to }) => to) : [named];
  return targets.flatMap((target) => {
    const object = view.find(target);
    return object !== undefined && isKind(object, 'Service') ? [object] : [];
  });
}

/** Ready pods that carry every label of the selector but one, which has another value: `role=primary`. */
function othersThan({ spec, metadata }: KindTypes['Service'], view: RuleView): string[] {
  const wanted = Object.entries(spec?.selector ?? {});
  if (wanted.length < 2) return [];
  const labels = view
    .list('Pod', metadata.namespace)
    .filter(isReady)
    .flatMap((pod) => {
      const carried = pod.metadata.labels ?? {};
      const [first, second] = wanted.filter(([key, value]) => carried[key] !== value);
      const value = first === undefined ? undefined : carried[first[0]];
      return first === undefined || second !== undefined || value === undefined ? [] : [`${first[0]}=${value}`];
    });
  return [...new Set(labels)].sort();
}

function edgeTo(service: ObjectRef, { log }: LogSymptom, view: RuleView) {
  return configuredCalls(log.pod, view).find(({ to }) => to.kind === service.kind && to.name === service.name && to.namespace === service.namespace) ?? null;
}
