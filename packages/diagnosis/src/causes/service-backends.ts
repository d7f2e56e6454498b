import { isKind, refLabel, refOf } from '@quarterdeck/contract';
import type { Explanation, Mechanism } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import type { Relation } from '../model/relation.ts';
import { defineRule } from '../model/rule.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import { serviceOf, serviceState } from '../routing/service-state.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending, upstream } from './explain.ts';

export type ScaledToZeroFacts = { workload: string; service: string };

const scaledToZero: Mechanism<ScaledToZeroFacts> = {
  id: 'backend-scaled-to-zero',
  title: (_facts, object) => `${object.kind} ${object.name} is scaled to zero and still called`,
  sentence: ({ service }, object) => `${object.kind} ${object.name} has spec.replicas 0, so Service ${service} has no endpoints while it is still called.`,
};

const rule = 'service-backends';

/** A Service without ready endpoints is as ill as its pods, or as the workload that has none. */
export const serviceBackendsRule = defineRule({
  id: rule,
  explains: ['service-no-ready-endpoints'],
  mechanisms: [scaledToZero],
  *explain(finding, view) {
    const service = serviceOf(finding.object, view);
    if (service === undefined) return;
    const found = serviceState(service, view);
    if (found.state === 'unready') {
      for (const via of view.outgoing(finding.object, 'selects')) yield* podExplanations(finding, via, view);
    }
    if (found.state === 'podless') {
      for (const workload of found.workloads) {
        const creators = [workload, ...view.outgoing(workload, 'owns').map(({ to }) => to)];
        for (const cause of creators.flatMap((creator) => view.findingsOn(creator))) yield upstream(finding, cause, { rule, strength: 'certain' });
      }
    }
    if (found.state === 'scaled-to-zero') {
      for (const object of found.workloads) {
        const facts: ScaledToZeroFacts = { workload: refLabel(object), service: finding.object.name };
        const seen = [fieldEvidence(object, 'spec.replicas', 0, { decisive: true })];
        yield ending(finding, { object, mechanism: scaledToZero.id, facts }, { rule, strength: 'likely', evidence: seen });
      }
    }
  },
});

function* podExplanations(finding: IdentifiedFinding, via: Relation, view: RuleView): Iterable<Explanation> {
  const pod = view.find(via.to);
  if (pod === undefined || !isKind(pod, 'Pod')) return;
  const owned = [via.to, view.topOwner(refOf(pod))];
  for (const cause of owned.flatMap((ref) => view.findingsOn(ref))) yield upstream(finding, cause, { rule, strength: 'certain', via });
}

/** An Ingress whose Service has no endpoints is explained by what is wrong with the Service. */
export const ingressBackendsRule = defineRule({
  id: 'ingress-backends',
  explains: ['ingress-backend-unready'],
  mechanisms: [],
  *explain(finding, view) {
    for (const via of view.outgoing(finding.object, 'routes')) {
      if (via.to.name !== finding.discriminator) continue;
      for (const cause of view.findingsOn(via.to)) yield upstream(finding, cause, { rule: 'ingress-backends', strength: 'certain', via });
    }
  },
});
