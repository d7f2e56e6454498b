import { type PortProtocolFacts, servicePortProtocol } from '../analysers/service-protocol.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, numberFact, stringFact } from './explain.ts';

export const portProtocolDiffers = defineMechanism<PortProtocolFacts>({
  id: 'service-port-protocol',
  title: (facts, object) => `Port ${facts.port} of Service ${object.name} is for ${facts.protocol}, its pods serve ${facts.served}`,
  sentence: (facts, object) =>
    `Service ${object.name} forwards port ${facts.port} for ${facts.protocol}, but its pods serve ${facts.served} there (${facts.witness}), so connections over ${facts.served} find nothing.`,
});

const id = 'service-protocol';

/** The Service: its pods are ready and agree with each other. */
export const serviceProtocolRule = defineRule({
  id,
  explains: [servicePortProtocol.code],
  mechanisms: [portProtocolDiffers],
  *explain(finding) {
    const text = (name: string) => stringFact(finding.facts, name) ?? '';
    const facts = {
      index: numberFact(finding.facts, 'index'),
      port: numberFact(finding.facts, 'port'),
      protocol: text('protocol'),
      served: text('served'),
      witness: text('witness'),
    };
    yield endsAt({ rule: id, finding, mechanism: portProtocolDiffers, object: finding.object, facts, strength: 'likely', evidence: finding.evidence });
  },
});
