import { refTo } from '@quarterdeck/contract';
import { podEvicted, podStuckTerminating } from '../analysers/pod-termination.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { type OwnLimit, ownLimitIn } from '../pods/eviction-message.ts';
import { fieldEvidence } from '../pods/evidence.ts';
import { type Workload, workloadAt } from '../pods/workload.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, ownedBy, stringFact, upstream } from './explain.ts';

const id = 'eviction';

export const evictedForResources = defineMechanism<{ message: string; node: string | null }>({
  id: 'pods-evicted',
  title: (_facts, object) => `Pods of ${object.kind} ${object.name} are evicted`,
  sentence: (facts, object) => `The kubelet of ${facts.node ?? 'the node'} evicts pods of ${object.kind} ${object.name}: ${facts.message}`,
});

export type StorageLimitFacts = { what: string; name: string | null; limit: string; path: string; message: string };

export const storageLimitExceeded = defineMechanism<StorageLimitFacts>({
  id: 'ephemeral-storage-exceeded',
  title: (facts) =>
    `${facts.what === 'volume' ? `emptyDir ${facts.name} outgrows its sizeLimit` : 'The pods outgrow their ephemeral storage limit'} of ${facts.limit}`,
  sentence: (facts, object) =>
    `Pods of ${object.kind} ${object.name} are evicted because ${
      facts.what === 'volume'
        ? `they write more into emptyDir ${facts.name} than its sizeLimit of ${facts.limit}`
        : `${facts.name === null ? 'their containers together write' : `container ${facts.name} writes`} more than the limit of ${facts.limit} ephemeral storage (log, emptyDir and root file system)`
    } (${facts.path}).`,
});

/** What went out with its node is explained there; the rest by the pod's own appetite. */
export const evictionRule = defineRule({
  id,
  explains: [podEvicted.code, podStuckTerminating.code],
  mechanisms: [evictedForResources, storageLimitExceeded],
  *explain(finding, view): Iterable<Explanation> {
    const own = finding.code === podEvicted.code ? ownLimitIn(stringFact(finding.facts, 'message') ?? '') : null;
    if (own !== null) return yield outgrown(finding, own, view);
    const node = stringFact(finding.facts, 'node');
    const onNode = node === null ? [] : view.findingsOn(refTo('Node', null, node));
    for (const cause of onNode) yield upstream(finding, cause, { rule: id, strength: 'certain', via: view.outgoing(finding.object, 'runsOn')[0] ?? null });
    if (finding.code === podEvicted.code) {
      const facts = { message: stringFact(finding.facts, 'message') ?? '', node };
      yield endsAt({
        rule: id,
        finding,
        mechanism: evictedForResources,
        object: view.topOwner(finding.object),
        facts,
        strength: 'likely',
        via: ownedBy(finding.object, view),
      });
    }
  },
});

function outgrown(finding: IdentifiedFinding, own: OwnLimit, view: RuleView): Explanation {
  const workload = workloadAt(finding.object, view);
  const object = workload?.ref ?? view.topOwner(finding.object);
  const path = `${workload?.path ?? 'spec'}.${fieldOf(own, workload)}`;
  const facts = { ...own, path, message: stringFact(finding.facts, 'message') ?? '' };
  const seen = [fieldEvidence(object, path, own.limit, { decisive: true })];
  return endsAt({ rule: id, finding, mechanism: storageLimitExceeded, object, facts, strength: 'certain', via: ownedBy(finding.object, view), evidence: seen });
}

function fieldOf({ what, name }: OwnLimit, workload: Workload | null): string {
  if (what === 'volume') return `volumes[${(workload?.spec.volumes ?? []).findIndex((volume) => volume.name === name)}].emptyDir.sizeLimit`;
  const index = what === 'container' ? (workload?.spec.containers ?? []).findIndex((container) => container.name === name) : -1;
  return `containers[${index < 0 ? '' : index}].resources.limits["ephemeral-storage"]`;
}
