import { refTo } from '@quarterdeck/contract';
import { containerNotStarting } from '../analysers/container-waiting.ts';
import { type AttachmentFacts, attachmentStuck } from '../analysers/volume-attachment.ts';
import type { Explanation } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import type { RuleView } from '../view/rule-view.ts';
import { defineMechanism, endsAt, stringFact, upstream } from './explain.ts';

const id = 'volume-attachment';

export const attachedToGoneNode = defineMechanism<AttachmentFacts>({
  id: 'volume-attached-to-gone-node',
  title: (facts) => `Volume ${facts.volume} is attached to node ${facts.node}, which is gone`,
  sentence: (facts) =>
    `PersistentVolume ${facts.volume} is still attached to node ${facts.node}, which does not exist any more, and driver ${facts.attacher} does not release it: no pod on another node can have it.`,
});

export const attachFails = defineMechanism<AttachmentFacts>({
  id: 'volume-attach-fails',
  title: (facts) => `Volume ${facts.volume} cannot be attached to node ${facts.node}`,
  sentence: (facts) => `Driver ${facts.attacher} cannot attach PersistentVolume ${facts.volume} to node ${facts.node}: ${facts.message}.`,
});

/** A volume that the storage does not hand over, and the pods that wait for it. */
export const volumeAttachmentRule = defineRule({
  id,
  explains: [attachmentStuck.code, containerNotStarting.code],
  mechanisms: [attachedToGoneNode, attachFails],
  *explain(finding, view): Iterable<Explanation> {
    if (finding.code === attachmentStuck.code) {
      const [volume = '', node = '', attacher = ''] = ['volume', 'node', 'attacher'].map((name) => stringFact(finding.facts, name) ?? '');
      const message = stringFact(finding.facts, 'message')?.replace(/[.\s]+$/, '') ?? null;
      const mechanism = message === null ? attachedToGoneNode : attachFails;
      const object = message === null ? finding.object : refTo('PersistentVolume', null, volume);
      yield endsAt({ rule: id, finding, mechanism, object, facts: { volume, node, attacher, message }, strength: 'certain', evidence: finding.evidence });
    } else yield* waiting(finding, view);
  },
});

function* waiting(finding: IdentifiedFinding, view: RuleView): Iterable<Explanation> {
  const volume = /(?:Multi-Attach error|AttachVolume\.Attach failed) for volume "([^"]+)"/.exec(stringFact(finding.facts, 'message') ?? '')?.[1];
  const via = view.outgoing(finding.object, 'mounts').find(({ to }) => to.kind === 'PersistentVolumeClaim') ?? null;
  for (const cause of volume === undefined ? [] : view.findingsOf(attachmentStuck.code)) {
    if (cause.facts.volume === volume) yield upstream(finding, cause, { rule: id, strength: 'certain', via });
  }
}
