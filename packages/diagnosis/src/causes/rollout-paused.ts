import { type RolloutPausedFacts, workloadRolloutPaused } from '../analysers/rollout-paused.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt } from './explain.ts';

const id = 'rollout-paused';

export const rolloutPaused = defineMechanism<RolloutPausedFacts>({
  id,
  title: (_facts, object) => `Rollout of ${object.kind} ${object.name} is paused`,
  sentence: (facts, object) =>
    `${object.kind} ${object.name} is paused (spec.paused: true) with a changed template: ${facts.updated} of ${facts.desired} pods run it, and no more will until the rollout is resumed. ` +
    `${facts.ready === 0 ? 'No pod is ready.' : `${facts.ready} ready ${facts.ready === 1 ? 'pod' : 'pods'} still run what was before.`}`,
});

export const rolloutPausedRule = defineRule({
  id,
  explains: [workloadRolloutPaused.code],
  mechanisms: [rolloutPaused],
  *explain(finding) {
    const { updated, desired, ready } = finding.facts;
    const facts = { updated: Number(updated), desired: Number(desired), ready: Number(ready) };
    yield endsAt({ rule: id, finding, mechanism: rolloutPaused, object: finding.object, facts, strength: 'certain', evidence: finding.evidence });
  },
});
