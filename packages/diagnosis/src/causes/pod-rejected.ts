import { podRejected } from '../analysers/pod-failure.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, ownedBy, stringFact } from './explain.ts';

const id = 'pod-rejected';

export const podRejectedByKubelet = defineMechanism<{ reason: string; message: string; node: string | null }>({
  id: 'pod-rejected-by-kubelet',
  title: (facts, object) => `The kubelet refuses the pods of ${object.kind} ${object.name}: ${facts.reason}`,
  sentence: (facts, object) =>
    `The kubelet of ${facts.node ?? 'the node'} refuses the pods of ${object.kind} ${object.name} (${facts.reason}): ${facts.message}.`,
});

/** What the kubelet objects to stands in the pod's own specification. */
export const podRejectedRule = defineRule({
  id,
  explains: [podRejected.code],
  mechanisms: [podRejectedByKubelet],
  *explain(finding, view) {
    const facts = {
      reason: stringFact(finding.facts, 'reason') ?? 'refused',
      message: stringFact(finding.facts, 'message') ?? '',
      node: stringFact(finding.facts, 'node'),
    };
    const object = view.topOwner(finding.object);
    yield endsAt({ rule: id, finding, mechanism: podRejectedByKubelet, object, facts, strength: 'likely', via: ownedBy(finding.object, view) });
  },
});
