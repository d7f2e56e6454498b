import type { RuleView } from '../view/rule-view.ts';
import type { Explanation, Mechanism } from './explanation.ts';
import type { IdentifiedFinding } from './finding.ts';

/**
 * A causal rule walks from a symptom to what explains it, over typed relations. It never looks at another rule:
 * precedence lives in the resolver. `explains` lists the finding codes that it is asked about.
 */
export interface CausalRule {
  id: string;
  explains: readonly string[];
  mechanisms: readonly Mechanism[];
  explain(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation>;
}

export function defineRule(rule: CausalRule): CausalRule {
  return rule;
}
