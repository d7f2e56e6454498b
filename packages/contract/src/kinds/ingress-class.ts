import { ageColumn, column, nameColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { presence } from './health.ts';

export const ingressClass = defineKind('IngressClass', {
  sort: 'name',
  columns: [
    nameColumn,
    column('controller', 'Controller', 'text', (object) => object.spec?.controller),
    column('parameters', 'Parameters', 'text', ({ spec }) => (spec?.parameters === undefined ? null : `${spec.parameters.kind}/${spec.parameters.name}`)),
    column('default', 'Default', 'text', (object) => (object.metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true' ? 'yes' : null)),
    ageColumn,
  ],
  health: presence,
});
