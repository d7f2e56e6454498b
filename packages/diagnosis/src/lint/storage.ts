import { defineLint } from './define-lint.ts';

const byDefault = 'storageclass.kubernetes.io/is-default-class';

export const storageClassDefaults = defineLint({
  code: 'storage-class-defaults',
  title: 'More than one default StorageClass',
  documentation: 'Claims that name no class get the newest of them, which changes when one is created anew. Take the annotation off all but one.',
  severity: 'low',
  silentWhen: 'One class or none is the default.',
  kind: 'StorageClass',
  *check({ metadata }, view) {
    const others = view.list('StorageClass').filter((other) => other.metadata.annotations?.[byDefault] === 'true' && other.metadata.name !== metadata.name);
    if (metadata.annotations?.[byDefault] === 'true' && others.length > 0)
      yield { path: `metadata.annotations["${byDefault}"]`, message: `${others.map((other) => other.metadata.name).join(', ')} is the default as well.` };
  },
});

export const volumeReleased = defineLint({
  code: 'volume-released',
  title: 'PersistentVolume whose claim is gone',
  documentation: 'The reclaim policy is Retain: the data is kept on purpose, and mostly paid for, until somebody looks at it and deletes the volume.',
  severity: 'info',
  silentWhen: 'The volume is bound, or free for a claim.',
  kind: 'PersistentVolume',
  *check({ spec, status }) {
    if (status?.phase === 'Released' && spec?.persistentVolumeReclaimPolicy === 'Retain')
      yield { path: 'status.phase', message: `It was for ${spec.claimRef?.namespace}/${spec.claimRef?.name} and holds ${spec.capacity?.storage ?? 'data'}.` };
  },
});

export const storageChecks = [storageClassDefaults, volumeReleased];
