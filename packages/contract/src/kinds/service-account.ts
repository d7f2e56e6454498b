import { ageColumn, column, nameColumn, namespaceColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { presence } from './health.ts';

export const serviceAccount = defineKind('ServiceAccount', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('imagePullSecrets', 'Image pull secrets', 'text', (object) => (object.imagePullSecrets ?? []).map(({ name }) => name ?? '').join(',')),
    column('automount', 'Mounts token', 'text', (object) => (object.automountServiceAccountToken === false ? 'no' : 'yes')),
    ageColumn,
  ],
  health: presence,
});
