import { refLabel } from '@quarterdeck/contract';
import { ingressWarned, type NetworkWarningFacts, serviceWarned } from '../analysers/network-events.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, numberFact, stringFact, upstream } from './explain.ts';

export const controllerWarns = defineMechanism<NetworkWarningFacts>({
  id: 'network-controller-warns',
  title: (facts, object) => `${object.kind} ${object.name}: ${facts.reason}`,
  sentence: (facts, object) => `The controller of ${refLabel({ ...object, namespace: null })} cannot do what it asks for (${facts.reason}): ${facts.message}`,
});

const id = 'network-events';

/** What the state shows of the object explains what its controller says; else its words are all there is. */
export const networkEventsRule = defineRule({
  id,
  explains: [ingressWarned.code, serviceWarned.code],
  mechanisms: [controllerWarns],
  *explain(finding, view): Iterable<Explanation> {
    for (const cause of view.findingsOn(finding.object)) {
      if (cause.id !== finding.id && cause.severity !== 'low') yield upstream(finding, cause, { rule: id, strength: 'likely' });
    }
    const facts = {
      reason: stringFact(finding.facts, 'reason') ?? '',
      message: stringFact(finding.facts, 'message') ?? '',
      count: numberFact(finding.facts, 'count'),
    };
    yield endsAt({ rule: id, finding, mechanism: controllerWarns, object: finding.object, facts, strength: 'likely', evidence: finding.evidence });
  },
});
