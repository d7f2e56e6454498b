import { type AutoscalerConflictFacts, autoscalerConflict } from '../../analysers/operators/keda.ts';
import type { Explanation } from '../../model/explanation.ts';
import { defineRule } from '../../model/rule.ts';
import { defineMechanism, endsAt, stringFact } from '../explain.ts';

export const autoscalersFight = defineMechanism<AutoscalerConflictFacts>({
  id: 'autoscaler-conflict',
  title: ({ target }, object) => `${object.kind} ${object.name} and another autoscaler both scale ${target}`,
  sentence: ({ target, autoscaler }, object) =>
    `${target} is scaled by ${object.kind} ${object.name} and by HorizontalPodAutoscaler ${autoscaler}, so its replicas are set to two different numbers in turn.`,
});

export const kedaRule = defineRule({
  id: 'keda',
  explains: [autoscalerConflict.code],
  mechanisms: [autoscalersFight],
  *explain(finding): Iterable<Explanation> {
    const facts = { target: stringFact(finding.facts, 'target') ?? '', autoscaler: stringFact(finding.facts, 'autoscaler') ?? '' };
    yield endsAt({ rule: 'keda', finding, mechanism: autoscalersFight, object: finding.object, facts, strength: 'certain', evidence: finding.evidence });
  },
});
