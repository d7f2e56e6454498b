import {
  type MonitorAdoptedFacts,
  type MonitorFacts,
  type MonitorPortFacts,
  monitorNotAdopted,
  monitorPortMissing,
  monitorSelectsNothing,
} from '../../analysers/operators/prometheus.ts';
import type { Explanation } from '../../model/explanation.ts';
import { defineRule } from '../../model/rule.ts';
import { defineMechanism, endsAt, listFact, stringFact } from '../explain.ts';

export const monitorSelector = defineMechanism<MonitorFacts>({
  id: 'monitor-selects-nothing',
  title: ({ selects }, object) => `${object.kind} ${object.name} selects no ${selects}`,
  sentence: ({ selector, selects, near }, object) =>
    `${object.kind} ${object.name} selects ${selects}s with ${selector}, and none has them${near === null ? '' : ` (${near})`}: nothing is scraped for it.`,
});

export const monitorPort = defineMechanism<MonitorPortFacts>({
  id: 'monitor-port-missing',
  title: ({ port }, object) => `${object.kind} ${object.name} scrapes port ${port}, which does not exist`,
  sentence: ({ port, service, offered }, object) =>
    `${object.kind} ${object.name} scrapes port ${port}, but ${service} names ${offered.length === 0 ? 'no port' : `only ${offered.join(', ')}`}: nothing is scraped for it.`,
});

export const monitorLabels = defineMechanism<MonitorAdoptedFacts>({
  id: 'monitor-not-adopted',
  title: ({ prometheus }, object) => `${object.kind} ${object.name} is not taken by Prometheus ${prometheus}`,
  sentence: ({ selector, prometheus }, object) =>
    `Prometheus ${prometheus} takes only ${object.kind}s with ${selector}, and ${object.name} does not have it: nothing is scraped for it.`,
});

export const monitorRule = defineRule({
  id: 'monitor',
  explains: [monitorSelectsNothing.code, monitorPortMissing.code, monitorNotAdopted.code],
  mechanisms: [monitorSelector, monitorPort, monitorLabels],
  *explain(finding): Iterable<Explanation> {
    const { facts, object, evidence } = finding;
    const text = (name: string) => stringFact(facts, name) ?? '';
    const end = { rule: 'monitor', finding, object, strength: 'certain' as const, evidence };
    if (finding.code === monitorSelectsNothing.code)
      yield endsAt({ ...end, mechanism: monitorSelector, facts: { selector: text('selector'), selects: text('selects'), near: stringFact(facts, 'near') } });
    else if (finding.code === monitorPortMissing.code)
      yield endsAt({ ...end, mechanism: monitorPort, facts: { port: text('port'), service: text('service'), offered: listFact(facts, 'offered') } });
    else yield endsAt({ ...end, mechanism: monitorLabels, facts: { selector: text('selector'), prometheus: text('prometheus') } });
  },
});
