import type { ObjectRef } from '@quarterdeck/contract';
import { type StrangersFacts, serviceSelectsStrangers } from '../analysers/service-selection.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, listed, listFact, stringFact } from './explain.ts';

export const selectorTooWide = defineMechanism<StrangersFacts & { service: string }>({
  id: 'service-selector-too-wide',
  title: (facts) => `Service ${facts.service} also selects ${listed(facts.strangers)}`,
  sentence: (facts) =>
    `The selector ${facts.selector} of Service ${facts.service} matches the pods of ${listed(facts.own)} and also those of ${listed(facts.strangers)}, which ${
      facts.reason === 'port'
        ? `${facts.strangers.length === 1 ? 'serves' : 'serve'} ${listed(facts.strangerPorts, 'no port')} and not ${listed(facts.ports)}`
        : `${facts.strangers.length === 1 ? 'is another program with a Service of its own' : 'are other programs with Services of their own'}`
    }, so a part of the connections goes to the wrong program.${
      facts.label === null ? ' No label of the pods tells them apart.' : ` The label ${facts.label} would tell them apart.`
    }`,
});

const id = 'service-selection';

/** The Service, where a label would tell its pods apart; else the workload that carries labels of another. */
export const serviceSelectionRule = defineRule({
  id,
  explains: [serviceSelectsStrangers.code],
  mechanisms: [selectorTooWide],
  *explain(finding) {
    const facts = {
      service: finding.object.name,
      selector: stringFact(finding.facts, 'selector') ?? '',
      own: listFact(finding.facts, 'own'),
      strangers: listFact(finding.facts, 'strangers'),
      ports: listFact(finding.facts, 'ports'),
      strangerPorts: listFact(finding.facts, 'strangerPorts'),
      reason: stringFact(finding.facts, 'reason') ?? '',
      label: stringFact(finding.facts, 'label'),
    };
    const [stranger] = finding.concerns ?? [];
    const object: ObjectRef = facts.label === null && stranger !== undefined ? stranger : finding.object;
    yield endsAt({ rule: id, finding, mechanism: selectorTooWide, object, facts, strength: 'likely', evidence: finding.evidence });
  },
});
