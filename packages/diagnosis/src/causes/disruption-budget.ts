import type { BudgetFacts } from '../analysers/disruption-budget.ts';
import type { Mechanism } from '../model/explanation.ts';
import type { Facts } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { ending } from './explanations.ts';

const allowsNothing: Mechanism<BudgetFacts> = {
  id: 'disruption-budget-allows-nothing',
  title: (_facts, object) => `PodDisruptionBudget ${object.name} forbids every eviction`,
  sentence: (facts, object) =>
    `PodDisruptionBudget ${object.name} has ${facts.field} ${facts.value} for ${facts.pods} ${facts.pods === 1 ? 'replica' : 'replicas'}, so zero disruptions are allowed: nothing is down, but every drain or node upgrade will hang at these pods.`,
};

export function isBudgetFacts(facts: Facts): facts is BudgetFacts {
  return typeof facts.field === 'string' && typeof facts.value === 'string' && typeof facts.pods === 'number' && typeof facts.desiredHealthy === 'number';
}

export const disruptionBudgetRule = defineRule({
  id: 'disruption-budget',
  explains: ['pdb-blocks-eviction'],
  mechanisms: [allowsNothing],
  *explain(finding) {
    if (!isBudgetFacts(finding.facts)) return;
    const end = { object: finding.object, mechanism: allowsNothing.id, facts: finding.facts };
    yield ending(finding, end, { rule: 'disruption-budget', strength: 'certain', evidence: finding.evidence });
  },
});
