import { type KindTypes, type ObjectRef, refLabel } from '@quarterdeck/contract';
import { selectorMatches } from '../graph/label-selector.ts';
import type { Mechanism } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import { replicaSetsOf, revisionOf } from '../pods/workload.ts';
import { type SelectorNearMiss, selectorNearMiss } from '../routing/selector-near-miss.ts';
import { selectorText, serviceOf } from '../routing/service-state.ts';
import type { RuleView } from '../view/rule-view.ts';
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

/** `revision` is the one that changed the labels. */
export type LabelsChangedFacts = SelectorFacts & { service: string; revision: string | null; servedRevision: string | null };

const labelsChanged: Mechanism<LabelsChangedFacts> = {
  id: 'workload-labels-changed',
  title: (facts, object) => `${object.kind} ${object.name} changed the labels that Service ${facts.service} selects`,
  sentence: (facts, object) =>
    `Revision ${facts.revision} of ${object.kind} ${object.name} changed the labels of its pods: Service ${facts.service} selects ${facts.selector}, as revision ${facts.servedRevision} carried it, but the pods now carry ${listed(
      facts.keys.map((key, i) => ((facts.carried[i] ?? '') === '' ? `no label ${key}` : `${key}=${facts.carried[i]}`)),
    )}, so the Service has no endpoints.`,
};

export type NothingSelectedFacts = { selector: string; elsewhere: string | null };

const nothingSelected: Mechanism<NothingSelectedFacts> = {
  id: 'service-selects-nothing',
  title: (_facts, object) => `Service ${object.name} selects no pod`,
  sentence: ({ selector, elsewhere }, object) =>
    `The selector ${selector} of Service ${object.name} matches no pod or workload in namespace ${object.namespace}, and nothing there resembles it.${
      elsewhere === null ? '' : ` The pods of ${elsewhere} carry it, but a Service selects pods of its own namespace alone.`
    }`,
};

export const serviceSelectorRule = defineRule({
  id: 'service-selector',
  explains: ['service-no-endpoints'],
  mechanisms: [selectorMismatch, labelsChanged, nothingSelected],
  *explain(finding, view) {
    const service = serviceOf(finding.object, view);
    if (service === undefined) return;
    const selector = selectorText(service);
    const miss = selectorNearMiss(view, service);
    const object = finding.object;
    if (miss === null) {
      const elsewhere = elsewhereOf(service, view);
      const strength = elsewhere === null ? 'possible' : 'likely';
      yield ending(finding, { object, mechanism: nothingSelected.id, facts: { selector, elsewhere } }, { rule: 'service-selector', strength });
      return;
    }
    const seen = miss.differences.flatMap((difference) => differenceEvidence(object, miss.target, difference));
    const facts = selectorFacts(selector, miss);
    const change = relabelledBy(service, miss.target, view);
    if (change !== null) {
      const end = { object: miss.target, mechanism: labelsChanged.id, facts: { ...facts, service: object.name, ...change } };
      yield ending(finding, end, { rule: 'service-selector', strength: 'certain', evidence: seen });
      return;
    }
    yield ending(finding, { object, mechanism: selectorMismatch.id, facts }, { rule: 'service-selector', strength: 'certain', evidence: seen });
  },
});

/** The revision that took the labels away: an older one of the same Deployment carried them, and the Service was not written since. */
function relabelledBy(service: KindTypes['Service'], target: ObjectRef, view: RuleView): { revision: string | null; servedRevision: string | null } | null {
  if (target.kind !== 'Deployment') return null;
  const sets = replicaSetsOf(target, view).toSorted((a, b) => Number(revisionOf(b)) - Number(revisionOf(a)));
  const [current, ...older] = sets;
  const served = older.find((set) => selectorMatches({ matchLabels: service.spec?.selector ?? {} }, set.spec?.template?.metadata?.labels));
  const changed = timeOf(current?.metadata.creationTimestamp);
  const written = Math.max(
    timeOf(service.metadata.creationTimestamp) ?? 0,
    ...(service.metadata.managedFields ?? []).map(({ time, subresource }) => (subresource === 'status' ? 0 : (timeOf(time) ?? 0))),
  );
  if (current === undefined || served === undefined || changed === null || written >= changed) return null;
  return { revision: revisionOf(current), servedRevision: revisionOf(served) };
}

/** The workload of another namespace whose pods a selector would match. */
function elsewhereOf(service: KindTypes['Service'], view: RuleView): string | null {
  const selector = { matchLabels: service.spec?.selector ?? {} };
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) {
    const found = view.list(kind).find(({ spec }) => selectorMatches(selector, spec?.template.metadata?.labels));
    if (found !== undefined) return `${kind} ${found.metadata.name} in namespace ${found.metadata.namespace}`;
  }
  return null;
}

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
