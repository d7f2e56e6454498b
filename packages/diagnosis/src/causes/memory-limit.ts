import { refOf } from '@quarterdeck/contract';
import { containerOomKilled } from '../analysers/container-exits.ts';
import { jobFailed } from '../analysers/job-outcome.ts';
import { podFailed } from '../analysers/pod-failure.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { failedPodsOf } from '../pods/container-log.ts';
import { containersOf, lastExit, type Pod } from '../pods/containers.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import { type RolloutFacts, rolloutClause, rolloutFacts, templateContainer, workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, stringFact } from './explain.ts';

const id = 'memory-limit';

export type MemoryFacts = RolloutFacts & { container: string; limit: string | null };

export const memoryLimitTooLow = defineMechanism<MemoryFacts>({
  id: 'memory-limit-exceeded',
  title: (facts) => `Container ${facts.container} needs more memory than its limit${facts.limit === null ? '' : ` of ${facts.limit}`}`,
  sentence: (facts, object) =>
    `Container ${facts.container} of ${object.kind} ${object.name} is OOMKilled: it uses more than its memory limit of ${facts.limit ?? 'the node'}.${rolloutClause(facts)}`,
});

export const defaultLimitTooLow = defineMechanism<{ container: string; limit: string; workload: string }>({
  id: 'default-memory-limit-exceeded',
  title: (facts, object) => `LimitRange ${object.name} gives containers a memory limit of ${facts.limit}`,
  sentence: (facts, object) =>
    `${facts.workload} sets no memory limit; LimitRange ${object.name} gave container ${facts.container} its default of ${facts.limit}, and it is OOMKilled there.`,
});

export const memoryLimitRule = defineRule({
  id,
  explains: [containerOomKilled.code, jobFailed.code, podFailed.code],
  mechanisms: [memoryLimitTooLow, defaultLimitTooLow],
  *explain(finding, view): Iterable<Explanation> {
    const killed = killedContainer(finding, view);
    if (killed === null) return;
    const { pod, name, limit } = killed;
    const workload = workloadOf(pod, view);
    const container = templateContainer(workload, name);
    const written = container?.spec.resources?.limits?.memory;
    const common = { rule: id, finding, strength: 'certain' as const };
    const range = written === undefined && limit !== null ? limitRangeWith(limit) : undefined;
    if (range !== undefined && limit !== null) {
      const facts = { container: name, limit, workload: `${workload.ref.kind} ${workload.ref.name}` };
      yield endsAt({
        ...common,
        mechanism: defaultLimitTooLow,
        object: refOf(range),
        facts,
        evidence: [fieldEvidence(refOf(range), 'spec.limits[].default.memory', limit, { decisive: true })],
      });
      return;
    }
    const path = `${container?.path ?? workload.path}.resources.limits.memory`;
    const seen = limit === null ? [] : [fieldEvidence(workload.ref, path, limit, { container: name, decisive: true })];
    const facts = { container: name, limit, ...rolloutFacts(pod, view) };
    yield endsAt({ ...common, mechanism: memoryLimitTooLow, object: workload.ref, facts, via: ownedBy(finding.object, view), evidence: seen });

    function limitRangeWith(value: string) {
      return view
        .list('LimitRange', finding.object.namespace ?? undefined)
        .find((candidate) => candidate.spec?.limits.some((item) => item.default?.memory === value));
    }
  },
});

interface KilledContainer {
  pod: Pod;
  name: string;
  limit: string | null;
}

/** The container of the finding, or the one of a Job's latest failed pod that was killed for memory. */
function killedContainer(finding: IdentifiedFinding, view: RuleView): KilledContainer | null {
  if (finding.code === containerOomKilled.code) {
    const pod = view.get('Pod', finding.object.namespace, finding.object.name);
    return pod === undefined ? null : { pod, name: finding.discriminator, limit: stringFact(finding.facts, 'limit') };
  }
  const pod =
    finding.code === podFailed.code
      ? view.get('Pod', finding.object.namespace, finding.object.name)
      : failedPodsOf(finding.object.namespace, finding.object.name, view)[0];
  const container = pod === undefined ? undefined : containersOf(pod).find(({ status }) => status !== undefined && lastExit(status)?.reason === 'OOMKilled');
  if (pod === undefined || container === undefined) return null;
  return { pod, name: container.name, limit: container.spec.resources?.limits?.memory ?? null };
}
