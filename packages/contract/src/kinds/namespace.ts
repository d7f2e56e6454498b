import type { KindTypes } from '../objects/kube-object.ts';
import { ageColumn, column, nameColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import type { Health } from './kind-descriptor.ts';

function health(object: KindTypes['Namespace']): Health {
  const text = object.status?.phase ?? 'Active';
  if (text !== 'Terminating') return { state: 'healthy', text };
  const stuck = (object.status?.conditions ?? []).some((condition) => condition.status === 'True');
  return { state: stuck ? 'medium' : 'pending', text };
}

export const namespace = defineKind('Namespace', {
  sort: 'name',
  columns: [nameColumn, column('status', 'Status', 'status', (object) => health(object).text), ageColumn],
  health,
});
