import type { ObjectRef } from '@quarterdeck/contract';
import { servicePortMismatch } from '../analysers/service-ports.ts';
import { type StrangersFacts, serviceSelectsStrangers } from '../analysers/service-selection.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, listed, listFact, stringFact, upstream } from './explain.ts';

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

export const selectsAnother = defineMechanism<StrangersFacts & { service: string }>({
  id: 'service-selects-another',
  title: (facts) => `Service ${facts.service} selects ${listed(facts.strangers)} instead of ${listed(facts.own)}`,
  sentence: (facts) =>
    `The selector ${facts.selector} of Service ${facts.service} matches the pods of ${listed(facts.strangers)}, which has a Service of its own, while no Service selects those of ${listed(facts.own)}, so its callers reach the wrong program.${
      facts.label === null ? '' : ` The pods of ${listed(facts.own)} carry ${facts.label}.`
    }`,
});

const id = 'service-selection';

/** The Service, where a label would tell its pods apart; else the workload that carries labels of another. */
export const serviceSelectionRule = defineRule({
  id,
  explains: [serviceSelectsStrangers.code, servicePortMismatch.code],
  mechanisms: [selectorTooWide, selectsAnother],
  *explain(finding, view): Iterable<Explanation> {
    if (finding.code === servicePortMismatch.code) {
      for (const cause of view.findingsOn(finding.object, serviceSelectsStrangers.code)) yield upstream(finding, cause, { rule: id, strength: 'certain' });
      return;
    }
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
    if (facts.reason === 'instead') {
      yield endsAt({ rule: id, finding, mechanism: selectsAnother, object: finding.object, facts, strength: 'certain', evidence: finding.evidence });
      return;
    }
    const [stranger] = finding.concerns ?? [];
    const object: ObjectRef = facts.label === null && stranger !== undefined ? stranger : finding.object;
    yield endsAt({ rule: id, finding, mechanism: selectorTooWide, object, facts, strength: 'likely', evidence: finding.evidence });
  },
});
