import { type QuotaDemandFacts, quotaWouldRefuse } from '../analysers/quota-demand.ts';
import { workloadReplicaFailure } from '../analysers/workload-replica-failure.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, listed, listFact, upstream } from './explain.ts';

const id = 'quota-demand';

export const quotaRefusesNext = defineMechanism<QuotaDemandFacts>({
  id: 'quota-would-refuse',
  title: (facts, object) =>
    `ResourceQuota ${object.name} demands ${listed(facts.missing)}, which ${listed(facts.workloads)} ${facts.workloads.length === 1 ? 'does' : 'do'} not set`,
  sentence: (facts, object) =>
    `ResourceQuota ${object.name} counts ${listed(facts.missing)}, so every new pod must set it; ${listed(facts.workloads)} ${facts.workloads.length === 1 ? 'does' : 'do'} not, and no LimitRange fills it in. What runs goes on, but no pod of it can start again.`,
});

export const quotaDemandRule = defineRule({
  id,
  explains: [quotaWouldRefuse.code],
  mechanisms: [quotaRefusesNext],
  *explain(finding, view) {
    const refused = view
      .findingsOf(workloadReplicaFailure.code)
      .filter(({ object, facts }) => object.namespace === finding.object.namespace && String(facts.message).includes(`quota: ${finding.object.name}`));
    for (const cause of refused) yield upstream(finding, cause, { rule: id, strength: 'certain' });
    if (refused.length > 0) return;
    const facts = { workloads: listFact(finding.facts, 'workloads'), missing: listFact(finding.facts, 'missing') };
    yield endsAt({ rule: id, finding, mechanism: quotaRefusesNext, object: finding.object, facts, strength: 'certain', evidence: finding.evidence });
  },
});
