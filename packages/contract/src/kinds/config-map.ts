import { ageColumn, column, nameColumn, namespaceColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { presence } from './health.ts';

export const configMap = defineKind('ConfigMap', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('data', 'Data', 'number', (object) => Object.keys(object.data ?? {}).length + Object.keys(object.binaryData ?? {}).length),
    ageColumn,
  ],
  health: presence,
});
