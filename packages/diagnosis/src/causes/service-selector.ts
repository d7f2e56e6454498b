import { type ObjectRef, refLabel } from '@quarterdeck/contract';
import type { Mechanism } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { evidence, fieldEvidence } from '../pods/evidence.ts';
import { type SelectorNearMiss, selectorNearMiss } from '../routing/selector-near-miss.ts';
import { selectorText, serviceOf } from '../routing/service-state.ts';
import { ending, listed } from './explain.ts';

export type SelectorFacts = { selector: string; target: string; keys: readonly string[]; wanted: readonly string[]; carried: readonly string[] };

/** `carried` holds an empty text where the pods do not have the label at all. */
const selectorMismatch: Mechanism<SelectorFacts> = {
  id: 'service-selector-mismatch',
  title: (_facts, object) => `Selector of Service ${object.name} matches no pod`,
  sentence: (facts, object) =>
    `Service ${object.name} selects ${facts.selector}, but the pods of ${facts.target} carry ${listed(
      facts.keys.map((key, i) => ((facts.carried[i] ?? '') === '' ? `no label ${key}` : `${key}=${facts.carried[i]}`)),
    )}, so the Service has no endpoints.`,
};

export type NothingSelectedFacts = { selector: string };

const nothingSelected: Mechanism<NothingSelectedFacts> = {
  id: 'service-selects-nothing',
  title: (_facts, object) => `Service ${object.name} selects no pod`,
  sentence: ({ selector }, object) =>
    `The selector ${selector} of Service ${object.name} matches no pod or workload in namespace ${object.namespace}, and nothing there resembles it.`,
};

export const serviceSelectorRule = defineRule({
  id: 'service-selector',
  explains: ['service-no-endpoints'],
  mechanisms: [selectorMismatch, nothingSelected],
  *explain(finding, view) {
    const service = serviceOf(finding.object, view);
    if (service === undefined) return;
    const selector = selectorText(service);
    const miss = selectorNearMiss(view, service);
    const object = finding.object;
    if (miss === null) {
      yield ending(finding, { object, mechanism: nothingSelected.id, facts: { selector } }, { rule: 'service-selector', strength: 'possible' });
      return;
    }
    const seen = miss.differences.flatMap((difference) => differenceEvidence(object, miss.target, difference));
    const facts = selectorFacts(selector, miss);
    yield ending(finding, { object, mechanism: selectorMismatch.id, facts }, { rule: 'service-selector', strength: 'certain', evidence: seen });
  },
});

function selectorFacts(selector: string, { target, differences }: SelectorNearMiss): SelectorFacts {
  return {
    selector,
    target: refLabel({ ...target, namespace: null }),
    keys: differences.map(({ key }) => key),
    wanted: differences.map(({ wanted }) => wanted),
    carried: differences.map(({ carried }) => carried ?? ''),
  };
}

function differenceEvidence(service: ObjectRef, target: ObjectRef, { key, wanted, carried }: SelectorNearMiss['differences'][number]) {
  const path = target.kind === 'Pod' ? `metadata.labels["${key}"]` : `spec.template.metadata.labels["${key}"]`;
  const text = carried === null ? `${refLabel(target)} has no label ${key}` : `${refLabel(target)} carries ${key}=${carried}`;
  return [
    fieldEvidence(service, `spec.selector["${key}"]`, wanted, { decisive: true }),
    evidence({ source: 'spec', object: target, path, value: carried, text, decisive: true }),
  ];
}
