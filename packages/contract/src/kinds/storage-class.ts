import { ageColumn, column, nameColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { presence } from './health.ts';

export const storageClass = defineKind('StorageClass', {
  sort: 'name',
  columns: [
    nameColumn,
    column('default', 'Default', 'text', (object) => (object.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true' ? 'yes' : null)),
    column('provisioner', 'Provisioner', 'text', (object) => object.provisioner),
    column('reclaimPolicy', 'Reclaim policy', 'text', (object) => object.reclaimPolicy ?? 'Delete'),
    column('bindingMode', 'Volume binding mode', 'text', (object) => object.volumeBindingMode ?? 'Immediate'),
    column('allowExpansion', 'Allows expansion', 'text', (object) => (object.allowVolumeExpansion === true ? 'true' : 'false')),
    ageColumn,
  ],
  health: presence,
});
