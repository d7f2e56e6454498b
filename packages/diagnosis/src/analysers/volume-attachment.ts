import { refOf, refTo } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { absenceEvidence, evidence, timeOf } from '../pods/evidence.ts';

/** `message` is null where the node is gone. */
export type AttachmentFacts = { volume: string; node: string; attacher: string; message: string | null };

export const attachmentStuck = defineCode<AttachmentFacts>({
  code: 'volume-attachment-stuck',
  title: 'Volume cannot be attached, or stays attached to a node that is gone',
  documentation:
    'A VolumeAttachment asks a storage driver to attach a volume to a node. It fails with an error of the storage, or its node does not exist any more and nothing releases the volume, so no pod on another node can have it.',
  silentWhen: 'The volume is attached, or is being attached or released within two minutes.',
  opensAfterSeconds: 120,
  closesAfterSeconds: 10,
  message: ({ volume, node, message }) =>
    message === null
      ? `Volume ${volume} is still attached to node ${node}, which does not exist any more.`
      : `Volume ${volume} cannot be attached to node ${node}: ${message}`,
});

const settlingMs = 120_000;

export const volumeAttachmentAnalyser = defineAnalyser({
  id: 'volume-attachment',
  kind: 'VolumeAttachment',
  reads: ['Node', 'PersistentVolume', 'CSIDriver'],
  codes: [attachmentStuck],
  *analyse(attachment, view) {
    const { nodeName, source, attacher } = attachment.spec;
    const volume = source.persistentVolumeName;
    const node = refTo('Node', null, nodeName);
    const { attachError, detachError } = attachment.status ?? {};
    const message = attachError?.message ?? detachError?.message ?? null;
    const gone = view.isMissing(node);
    const claim = volume === undefined ? undefined : view.get('PersistentVolume', null, volume)?.spec?.claimRef;
    if (volume === undefined || (!gone && message === null) || !view.covers(claim?.namespace)) return;
    const since =
      timeOf(attachError?.time ?? detachError?.time) ?? timeOf(attachment.metadata.deletionTimestamp) ?? timeOf(attachment.metadata.creationTimestamp) ?? 0;
    if (!view.passed(since + settlingMs)) return;
    const object = refOf(attachment);
    yield {
      code: attachmentStuck.code,
      object,
      discriminator: '',
      severity: 'high',
      since,
      facts: { volume, node: nodeName, attacher, message: gone ? null : message },
      concerns: [refTo('PersistentVolume', null, volume)],
      evidence: [
        gone
          ? absenceEvidence(node, `Node ${nodeName} does not exist`)
          : evidence({ source: 'status', object, path: 'status.attachError.message', value: message, text: message ?? '', decisive: true }),
      ],
    };
  },
});
