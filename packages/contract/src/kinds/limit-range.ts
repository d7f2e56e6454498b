import { ageColumn, column, nameColumn, namespaceColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { presence } from './health.ts';

export const limitRange = defineKind('LimitRange', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('limits', 'Limits on', 'text', (object) => (object.spec?.limits ?? []).map(({ type }) => type).join(',')),
    ageColumn,
  ],
  health: presence,
});
