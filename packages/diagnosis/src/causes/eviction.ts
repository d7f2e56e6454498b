import { refTo } from '@quarterdeck/contract';
import { podEvicted, podStuckTerminating } from '../analysers/pod-termination.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, ownedBy, stringFact, upstream } from './explain.ts';

const id = 'eviction';

export const evictedForResources = defineMechanism<{ message: string; node: string | null }>({
  id: 'pods-evicted',
  title: (_facts, object) => `Pods of ${object.kind} ${object.name} are evicted`,
  sentence: (facts, object) => `The kubelet of ${facts.node ?? 'the node'} evicts pods of ${object.kind} ${object.name}: ${facts.message}`,
});

/** What went out with its node is explained there; the rest by the pod's own appetite. */
export const evictionRule = defineRule({
  id,
  explains: [podEvicted.code, podStuckTerminating.code],
  mechanisms: [evictedForResources],
  *explain(finding, view): Iterable<Explanation> {
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
