import { isKind, type KindTypes, refOf } from '@quarterdeck/contract';
import type { PortMismatchFacts } from '../analysers/service-ports.ts';
import { defineRule } from '../model/rule.ts';
import { failedCalls } from '../pods/called-services.ts';
import { isReady } from '../pods/containers.ts';
import { fieldEvidence, logEvidence } from '../pods/evidence.ts';
import { podRef } from '../pods/workload.ts';
import { declaredPorts } from '../routing/pod-ports.ts';
import { backendPods } from '../routing/service-backends.ts';
import { calledPort, targetNumber } from '../routing/service-ports.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending } from './explanations.ts';
import { logSymptom, symptomFacts, symptomsWithLog } from './log-findings.ts';
import { servicePortMismatch } from './service-port.ts';

const rule = 'refused-port';

/** A caller is refused by ready pods at a port that they do not declare while they declare others: the Service sends it to the wrong one. */
export const refusedPortRule = defineRule({
  id: rule,
  explains: symptomsWithLog,
  mechanisms: [],
  *explain(finding, view) {
    const symptom = logSymptom(finding, view);
    if (symptom === null) return;
    const caller = view.topOwner(podRef(symptom.log.pod));
    for (const call of failedCalls(symptomFacts(finding, symptom, 'connect-failed', view), symptom.log.pod, view)) {
      const service = call.target === null || call.reason !== 'refused' ? undefined : view.find(call.target);
      if (service === undefined || !isKind(service, 'Service') || view.findingsOn(refOf(service)).length > 0) continue;
      const facts = refusedAt(service, call.port, `${caller.kind} ${caller.name} is refused there`, view);
      if (facts === null) continue;
      const object = refOf(service);
      const seen = [
        fieldEvidence(object, `spec.ports[${facts.index}].targetPort`, facts.targetPort, { decisive: true }),
        logEvidence(podRef(symptom.log.pod), symptom.log.container, call.fact),
      ];
      yield ending(finding, { object, mechanism: servicePortMismatch.id, facts }, { rule, strength: 'likely', evidence: seen });
    }
  },
});

function refusedAt(service: KindTypes['Service'], port: number | null, witness: string, view: RuleView): PortMismatchFacts | null {
  const entry = calledPort(service, port);
  const target = entry === null ? null : targetNumber(entry);
  const ready = backendPods(view, service).filter(isReady);
  const declared = [
    ...new Set(
      ready.flatMap((pod) =>
        declaredPorts(pod)
          .filter(({ protocol }) => protocol === 'TCP')
          .map(({ number }) => number),
      ),
    ),
  ];
  if (entry === null || target === null || declared.length === 0 || declared.includes(target)) return null;
  const index = (service.spec?.ports ?? []).indexOf(entry);
  return {
    index,
    port: entry.port,
    targetPort: String(target),
    declared: declared.map(String),
    meant: declared.length === 1 ? String(declared[0]) : null,
    witness,
  };
}
