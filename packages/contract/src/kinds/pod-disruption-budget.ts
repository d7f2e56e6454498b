import type { KindTypes } from '../objects/kube-object.ts';
import { ageColumn, column, nameColumn, namespaceColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { isTerminating } from './health.ts';
import type { Health } from './kind-descriptor.ts';

function health(object: KindTypes['PodDisruptionBudget']): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  if (object.status === undefined) return { state: 'pending', text: 'Not read yet' };
  const { currentHealthy, desiredHealthy, disruptionsAllowed, expectedPods } = object.status;
  const text = `${currentHealthy}/${desiredHealthy} healthy, ${disruptionsAllowed} may go`;
  if (expectedPods === 0) return { state: 'low', text: 'Selects no pods' };
  if (currentHealthy < desiredHealthy) return { state: 'high', text };
  return { state: disruptionsAllowed === 0 ? 'low' : 'healthy', text };
}

export const podDisruptionBudget = defineKind('PodDisruptionBudget', {
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('minAvailable', 'Min available', 'text', (object) => bound(object.spec?.minAvailable)),
    column('maxUnavailable', 'Max unavailable', 'text', (object) => bound(object.spec?.maxUnavailable)),
    column('allowed', 'Allowed disruptions', 'number', (object) => object.status?.disruptionsAllowed ?? 0),
    column('status', 'Status', 'status', (object) => health(object).text),
    ageColumn,
  ],
  health,
});

/** A count or a percentage, or `N/A` where it is not set. */
function bound(value: string | number | undefined): string {
  return value === undefined ? 'N/A' : String(value);
}
