import { type BudgetFacts, type OverlapFacts, pdbCannotCount, type UncountableFacts, type UnmatchedBudgetFacts } from '../analysers/disruption-budget.ts';
import type { Mechanism } from '../model/explanation.ts';
import type { Facts } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { ending, stringFact } from './explain.ts';

const allowsNothing: Mechanism<BudgetFacts> = {
  id: 'disruption-budget-allows-nothing',
  title: (_facts, object) => `PodDisruptionBudget ${object.name} forbids every eviction`,
  sentence: (facts, object) =>
    `PodDisruptionBudget ${object.name} has ${facts.field} ${facts.value} for ${facts.pods} ${facts.pods === 1 ? 'replica' : 'replicas'}, so zero disruptions are allowed: ${
      facts.draining === null
        ? 'nothing is down, but every drain or node upgrade will hang at these pods'
        : `node ${facts.draining} is cordoned, and its drain hangs at these pods`
    }.`,
};

const matchesNothing: Mechanism<UnmatchedBudgetFacts> = {
  id: 'disruption-budget-matches-nothing',
  title: (_facts, object) => `PodDisruptionBudget ${object.name} guards no pod`,
  sentence: (facts, object) =>
    `PodDisruptionBudget ${object.name} selects ${facts.selector}, which no pod carries${facts.meant === null ? '' : `; ${facts.meant} comes nearest`}, so it protects nothing from a drain.`,
};

const overlaps: Mechanism<OverlapFacts> = {
  id: 'disruption-budgets-overlap',
  title: (facts, object) => `PodDisruptionBudgets ${object.name} and ${facts.other} guard the same pods`,
  sentence: (facts, object) =>
    `PodDisruptionBudget ${object.name} selects ${facts.pods} ${facts.pods === 1 ? 'pod' : 'pods'} that PodDisruptionBudget ${facts.other} selects too: the eviction API refuses pods with more than one budget, so every drain or node upgrade will hang at them.`,
};

const cannotCount: Mechanism<UncountableFacts> = {
  id: 'disruption-budget-cannot-count',
  title: (_facts, object) => `PodDisruptionBudget ${object.name} cannot count its pods`,
  sentence: (facts, object) =>
    `PodDisruptionBudget ${object.name} cannot tell how many pods there should be (${facts.message}), so it lets none be evicted: every drain or node upgrade will hang at them. An integer minAvailable needs no such number.`,
};

export function isBudgetFacts(facts: Facts): facts is BudgetFacts {
  return (
    typeof facts.field === 'string' &&
    typeof facts.value === 'string' &&
    typeof facts.pods === 'number' &&
    typeof facts.desiredHealthy === 'number' &&
    facts.draining !== undefined
  );
}

export const disruptionBudgetRule = defineRule({
  id: 'disruption-budget',
  explains: ['pdb-blocks-eviction', 'pdb-matches-nothing', 'pdb-overlaps', pdbCannotCount.code],
  mechanisms: [allowsNothing, matchesNothing, overlaps, cannotCount],
  *explain(finding) {
    const reason = { rule: 'disruption-budget', strength: 'certain', evidence: finding.evidence } as const;
    if (finding.code === 'pdb-matches-nothing') {
      const facts: UnmatchedBudgetFacts = { selector: String(finding.facts.selector), meant: stringFact(finding.facts, 'meant') };
      yield ending(finding, { object: finding.object, mechanism: matchesNothing.id, facts }, reason);
    } else if (finding.code === 'pdb-overlaps') {
      const facts: OverlapFacts = { other: String(finding.facts.other), pods: Number(finding.facts.pods) };
      yield ending(finding, { object: finding.object, mechanism: overlaps.id, facts }, reason);
    }
    if (finding.code === pdbCannotCount.code) {
      const facts = { message: String(finding.facts.message).replace(/[.\s]+$/, '') };
      yield ending(finding, { object: finding.object, mechanism: cannotCount.id, facts }, reason);
    }
    if (!isBudgetFacts(finding.facts)) return;
    const end = { object: finding.object, mechanism: allowsNothing.id, facts: finding.facts };
    yield ending(finding, end, reason);
  },
});
