import type { KindTypes } from '../objects/kube-object.ts';
import { accessModes } from './access-modes.ts';
import { ageColumn, column, nameColumn, namespaceColumn, wide } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { isTerminating } from './health.ts';
import type { Health } from './kind-descriptor.ts';

function health(object: KindTypes['PersistentVolumeClaim']): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  const text = object.status?.phase ?? 'Pending';
  if (text === 'Lost') return { state: 'critical', text };
  return { state: text === 'Bound' ? 'healthy' : 'pending', text };
}

export const persistentVolumeClaim = defineKind('PersistentVolumeClaim', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('status', 'Status', 'status', (object) => health(object).text),
    column('volume', 'Volume', 'text', (object) => object.spec?.volumeName),
    column('capacity', 'Capacity', 'quantity', (object) => object.status?.capacity?.storage),
    column('requested', 'Requested', 'quantity', (object) => object.spec?.resources?.requests?.storage),
    column('accessModes', 'Access modes', 'text', (object) => accessModes(object.status?.accessModes ?? object.spec?.accessModes)),
    column('storageClass', 'Storage class', 'text', (object) => object.spec?.storageClassName),
    ageColumn,
    wide(column('volumeMode', 'Volume mode', 'text', (object) => object.spec?.volumeMode ?? 'Filesystem')),
  ],
  health,
});
