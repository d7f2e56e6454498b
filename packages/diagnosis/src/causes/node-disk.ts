import { refTo } from '@quarterdeck/contract';
import { containerCreateError, containerImagePull, containerNotStarting } from '../analysers/container-waiting.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, stringFact, upstream } from './explain.ts';

const id = 'node-disk';

export const nodeDiskFull = defineMechanism<{ message: string }>({
  id: 'node-disk-full',
  title: (_facts, object) => `The disk of node ${object.name} is full`,
  sentence: (facts, object) =>
    `Node ${object.name} has no room on the disk where images and containers are kept, so pods cannot start there: ${facts.message}.`,
});

/** Where the runtime and the kubelet keep what is theirs; a full volume of the pod itself is another matter. */
const ofNode =
  /\/(?:var\/lib\/(?:containerd|docker|containers|cri-o|kubelet\/(?!pods\/[^/]+\/volumes))|run\/containerd)|overlay|layer|snapshot|unpack|extract/i;

/** A pod that cannot start because its node's own disk is full. */
export const nodeDiskRule = defineRule({
  id,
  explains: [containerImagePull.code, containerCreateError.code, containerNotStarting.code],
  mechanisms: [nodeDiskFull],
  *explain(finding, view): Iterable<Explanation> {
    const message = stringFact(finding.facts, 'message') ?? '';
    const isPull = finding.code === containerImagePull.code;
    if (!/no space left on device/i.test(message) || !(isPull || ofNode.test(message))) return;
    const node = view.get('Pod', finding.object.namespace, finding.object.name)?.spec?.nodeName;
    if (node === undefined) return;
    const object = refTo('Node', null, node);
    const via = view.outgoing(finding.object, 'runsOn')[0] ?? null;
    for (const cause of view.findingsOn(object, 'node-pressure')) yield upstream(finding, cause, { rule: id, strength: 'certain', via });
    const text = message.replace(/[.\s]+$/, '');
    yield endsAt({ rule: id, finding, mechanism: nodeDiskFull, object, facts: { message: text }, strength: 'certain', via, evidence: finding.evidence });
  },
});
