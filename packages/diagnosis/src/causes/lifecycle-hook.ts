import { containerCrashLoop } from '../analysers/container-exits.ts';
import { containerHookFailed } from '../analysers/container-hooks.ts';
import { containerUnready } from '../analysers/container-readiness.ts';
import { containerCreateError } from '../analysers/container-waiting.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import { type RolloutFacts, rolloutClause, rolloutFacts, templateContainer, workloadOf } from '../pods/workload.ts';
import { defineMechanism, endsAt, ownedBy, stringFact, upstream } from './explain.ts';

const id = 'lifecycle-hook';

export type HookFailureFacts = RolloutFacts & { container: string; hook: string; message: string; path: string };

export const postStartHookFails = defineMechanism<HookFailureFacts>({
  id: 'post-start-hook-fails',
  title: (facts) => `The postStart hook of ${facts.container} fails`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} starts, but its postStart hook (${facts.hook}) fails, and the kubelet kills it for that every time: ${facts.message}.${rolloutClause(facts)}`,
});

/** A container that dies of its hook: whatever else is seen of it follows from that. */
export const lifecycleHookRule = defineRule({
  id,
  explains: [containerHookFailed.code, containerCrashLoop.code, containerCreateError.code, containerUnready.code],
  mechanisms: [postStartHookFails],
  *explain(finding, view): Iterable<Explanation> {
    if (finding.code !== containerHookFailed.code) {
      const hooks = view.findingsOn(finding.object, containerHookFailed.code).filter(({ discriminator }) => discriminator === finding.discriminator);
      for (const cause of hooks) yield upstream(finding, cause, { rule: id, strength: 'certain' });
      return;
    }
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    if (pod === undefined) return;
    const workload = workloadOf(pod, view);
    const path = `${templateContainer(workload, finding.discriminator)?.path ?? workload.path}.lifecycle.postStart`;
    const [hook, message] = [stringFact(finding.facts, 'hook') ?? '', stringFact(finding.facts, 'message') ?? ''];
    const facts = { container: finding.discriminator, hook, message, path, ...rolloutFacts(pod, view) };
    const seen = [fieldEvidence(workload.ref, path, hook, { container: finding.discriminator, decisive: true })];
    const common = { rule: id, finding, object: workload.ref, via: ownedBy(finding.object, view) };
    yield endsAt({ ...common, mechanism: postStartHookFails, facts, strength: 'certain', evidence: seen });
  },
});
