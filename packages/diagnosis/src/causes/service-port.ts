import type { PortMismatchFacts } from '../analysers/service-ports.ts';
import type { Mechanism } from '../model/explanation.ts';
import type { Facts } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { ending, listed } from './explain.ts';

export const servicePortMismatch: Mechanism<PortMismatchFacts> = {
  id: 'service-target-port',
  title: (facts, object) => `Service ${object.name} sends port ${facts.port} to ${facts.targetPort}, which its pods do not serve`,
  sentence: (facts, object) =>
    `Service ${object.name} forwards port ${facts.port} to targetPort ${facts.targetPort}, but its pods ${facts.declared.length === 0 ? 'do not answer there' : `serve ${listed(facts.declared)}`} (${facts.witness})${
      facts.meant === null ? '' : `; targetPort should be ${facts.meant}`
    }.`,
};

export function isPortMismatch(facts: Facts): facts is PortMismatchFacts {
  return typeof facts.index === 'number' && typeof facts.targetPort === 'string' && Array.isArray(facts.declared);
}

/** The Service is alone in its opinion: container ports and probes agree with each other. */
export const servicePortRule = defineRule({
  id: 'service-port',
  explains: ['service-port-mismatch'],
  mechanisms: [servicePortMismatch],
  *explain(finding) {
    if (!isPortMismatch(finding.facts)) return;
    const strength = Number.isNaN(Number(finding.facts.targetPort)) ? 'certain' : 'likely';
    yield ending(
      finding,
      { object: finding.object, mechanism: servicePortMismatch.id, facts: finding.facts },
      { rule: 'service-port', strength, evidence: finding.evidence },
    );
  },
});
