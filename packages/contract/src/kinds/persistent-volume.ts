import type { KindTypes } from '../objects/kube-object.ts';
import { accessModes } from './access-modes.ts';
import { ageColumn, column, nameColumn, wide } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { isTerminating } from './health.ts';
import type { Health } from './kind-descriptor.ts';

type PersistentVolume = KindTypes['PersistentVolume'];

function health(object: PersistentVolume): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  const text = object.status?.phase ?? 'Pending';
  if (text === 'Failed') return { state: 'critical', text };
  if (text === 'Released') return { state: 'low', text };
  return { state: text === 'Bound' || text === 'Available' ? 'healthy' : 'pending', text };
}

function claim({ spec }: PersistentVolume): string | null {
  return spec?.claimRef === undefined ? null : `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}`;
}

export const persistentVolume = defineKind('PersistentVolume', {
  sort: 'name',
  columns: [
    nameColumn,
    column('capacity', 'Capacity', 'quantity', (object) => object.spec?.capacity?.storage),
    column('accessModes', 'Access modes', 'text', (object) => accessModes(object.spec?.accessModes)),
    column('reclaimPolicy', 'Reclaim policy', 'text', (object) => object.spec?.persistentVolumeReclaimPolicy),
    column('status', 'Status', 'status', (object) => health(object).text),
    column('claim', 'Claim', 'text', claim),
    column('storageClass', 'Storage class', 'text', (object) => object.spec?.storageClassName),
    column('reason', 'Reason', 'text', (object) => object.status?.reason),
    ageColumn,
    wide(column('volumeMode', 'Volume mode', 'text', (object) => object.spec?.volumeMode ?? 'Filesystem')),
  ],
  health,
});
