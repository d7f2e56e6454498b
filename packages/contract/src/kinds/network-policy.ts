import { ageColumn, column, nameColumn, namespaceColumn, selectorText } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { presence } from './health.ts';

export const networkPolicy = defineKind('NetworkPolicy', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('podSelector', 'Pod selector', 'text', (object) => selectorText(object.spec?.podSelector) || 'all pods'),
    column('policyTypes', 'Policy types', 'text', (object) => (object.spec?.policyTypes ?? []).join(',')),
    ageColumn,
  ],
  health: presence,
});
