import { ageColumn, column, nameColumn, namespaceColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { presence } from './health.ts';

export const secret = defineKind('Secret', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('type', 'Type', 'text', (object) => object.type ?? 'Opaque'),
    column('data', 'Data', 'number', (object) => Object.keys(object.data ?? {}).length),
    ageColumn,
  ],
  health: presence,
});
