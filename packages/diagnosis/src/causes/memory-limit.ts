import { type ObjectRef, parseQuantity, refOf } from '@quarterdeck/contract';
import { webhookMatchesNamespace } from '../admission/webhook-scope.ts';
import { containerOomKilled } from '../analysers/container-exits.ts';
import { jobFailed } from '../analysers/job-outcome.ts';
import { podFailed } from '../analysers/pod-failure.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { failedPodsOf } from '../pods/container-log.ts';
import { containersOf, lastExit, type Pod } from '../pods/containers.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import { podRef, type RolloutFacts, rolloutClause, rolloutFacts, templateContainer, workloadOf } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, listed, ownedBy, stringFact } from './explain.ts';

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

export type ChangedLimitFacts = { container: string; limit: string; written: string; workload: string; by: string };

export const limitChangedAtAdmission = defineMechanism<ChangedLimitFacts>({
  id: 'memory-limit-changed-at-admission',
  title: (facts) => `The memory limit of ${facts.container} is ${facts.limit} in the pods and ${facts.written} in the template`,
  sentence: (facts) =>
    `Container ${facts.container} of ${facts.workload} is OOMKilled at ${facts.limit}; its template says ${facts.written}. The limit was changed when the pods were admitted or resized, by ${facts.by}.`,
});

export const memoryLimitRule = defineRule({
  id,
  explains: [containerOomKilled.code, jobFailed.code, podFailed.code],
  mechanisms: [memoryLimitTooLow, defaultLimitTooLow, limitChangedAtAdmission],
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
    if (limit !== null && written !== undefined && parseQuantity(limit) !== parseQuantity(written)) {
      yield changedLimit(finding, killed, { limit, written, workload: workload.ref }, view);
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

/** The only webhook that changes pods of the namespace; where there are several or none, the workload whose pods differ. */
function changedLimit(
  finding: IdentifiedFinding,
  { pod, name }: KilledContainer,
  { limit, written, workload }: { limit: string; written: string; workload: ObjectRef },
  view: RuleView,
): Explanation {
  const namespace = pod.metadata.namespace ?? '';
  const changers = view
    .list('MutatingWebhookConfiguration')
    .filter(({ webhooks }) => (webhooks ?? []).some((webhook) => webhookMatchesNamespace(webhook, 'CREATE', 'pods', namespace, view)));
  const [only, second] = changers;
  const vertical = Object.keys(pod.metadata.annotations ?? {}).some((key) => key.startsWith('vpaUpdates'));
  const object = only !== undefined && second === undefined ? refOf(only) : workload;
  const by = vertical
    ? 'a VerticalPodAutoscaler'
    : listed(
        changers.map(({ metadata }) => `MutatingWebhookConfiguration ${metadata.name}`),
        'nobody that was read',
      );
  const facts = { container: name, limit, written, workload: `${workload.kind} ${workload.name}`, by };
  const seen = [
    fieldEvidence(podRef(pod), 'spec.containers[].resources.limits.memory', limit, { container: name, decisive: true }),
    fieldEvidence(workload, 'spec.template.spec.containers[].resources.limits.memory', written, { container: name, decisive: true }),
  ];
  return endsAt({ rule: id, finding, mechanism: limitChangedAtAdmission, object, facts, strength: object === workload ? 'likely' : 'certain', evidence: seen });
}

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
