import { refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { fieldEvidence } from '../pods/evidence.ts';

export type VolumeFacts = { message: string };

export const volumeFailed = defineCode<VolumeFacts>({
  code: 'volume-failed',
  title: 'PersistentVolume could not be reclaimed',
  documentation:
    'The claim of this volume was deleted and the volume could not be deleted or recycled. A Released volume with the Retain policy is in order and not reported.',
  silentWhen: 'The volume is Released and kept on purpose (Retain).',
  opensAfterSeconds: 30,
  closesAfterSeconds: 10,
  message: ({ message }) => `Failed: ${message}`,
});

export const persistentVolumeAnalyser = defineAnalyser({
  id: 'persistent-volume',
  kind: 'PersistentVolume',
  reads: [],
  codes: [volumeFailed],
  *analyse(volume, view) {
    const outside = view.scope !== null && !(volume.spec?.claimRef?.namespace !== undefined && view.covers(volume.spec.claimRef.namespace));
    if (volume.status?.phase !== 'Failed' || outside) return;
    const object = refOf(volume);
    const message = volume.status.message ?? volume.status.reason ?? 'no reason given';
    const seen = [fieldEvidence(object, 'status.phase', 'Failed'), fieldEvidence(object, 'status.message', message, { decisive: true })];
    yield { code: volumeFailed.code, object, discriminator: '', severity: 'medium', since: null, facts: { message }, evidence: seen };
  },
});
