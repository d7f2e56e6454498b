import { refTo } from '@quarterdeck/contract';
import { type GoverningServiceFacts, governingServiceMissing } from '../analysers/governing-service.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, ending, stringFact, upstream } from './explain.ts';
import { callsBehind } from './failed-calls.ts';
import { logSymptom, symptomsWithLog } from './log-findings.ts';

const id = 'governing-service';

export const serviceOfSetMissing = defineMechanism<GoverningServiceFacts & { set: string }>({
  id: 'governing-service-missing',
  title: (facts) => `Service ${facts.service} of StatefulSet ${facts.set} does not exist`,
  sentence: (facts) =>
    `StatefulSet ${facts.set} names Service ${facts.service} in spec.serviceName, which does not exist${facts.meant === null ? '' : ` (there is ${facts.meant})`}, so the stable names of its pods (${facts.set}-0.${facts.service}) do not resolve.`,
});

/** The set where it means another that exists, else the Service that is missing; a caller that looks up one of its pods suffers from it. */
export const governingServiceRule = defineRule({
  id,
  explains: [governingServiceMissing.code, ...symptomsWithLog],
  mechanisms: [serviceOfSetMissing],
  *explain(finding, view) {
    if (finding.code === governingServiceMissing.code) {
      const [service, meant] = [stringFact(finding.facts, 'service') ?? '', stringFact(finding.facts, 'meant')];
      const facts = { service, meant, callers: Number(finding.facts.callers ?? 0), set: finding.object.name };
      const end = meant === null ? { object: refTo('Service', finding.object.namespace, service), exists: false } : { object: finding.object };
      yield ending(finding, { ...end, mechanism: serviceOfSetMissing.id, facts }, { rule: id, strength: 'certain', evidence: finding.evidence });
      return;
    }
    const symptom = logSymptom(finding, view);
    if (symptom === null) return;
    for (const call of callsBehind(finding, symptom, symptom.log.pod, view)) {
      if (call.target === null || !view.isMissing(call.target)) continue;
      for (const via of view.incoming(call.target, 'routes').filter(({ from }) => from.kind === 'StatefulSet')) {
        for (const cause of view.findingsOn(via.from, governingServiceMissing.code)) yield upstream(finding, cause, { rule: id, strength: 'certain', via });
      }
    }
  },
});
