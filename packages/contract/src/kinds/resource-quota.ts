import type { KindTypes } from '../objects/kube-object.ts';
import { parseQuantity } from '../objects/quantity.ts';
import { ageColumn, column, nameColumn, namespaceColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { isTerminating } from './health.ts';
import type { Health } from './kind-descriptor.ts';

type ResourceQuota = KindTypes['ResourceQuota'];

/** Resources of which nothing is left. */
function exhausted({ status }: ResourceQuota): string[] {
  return Object.entries(status?.hard ?? {})
    .filter(([resource, hard]) => {
      const limit = parseQuantity(hard);
      const used = parseQuantity(status?.used?.[resource] ?? '0');
      return limit !== null && used !== null && used >= limit && used > 0;
    })
    .map(([resource]) => resource);
}

function health(object: ResourceQuota): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  const full = exhausted(object);
  return full.length === 0 ? { state: 'healthy', text: 'Within limits' } : { state: 'medium', text: `Used up: ${full.join(', ')}` };
}

/** `cpu: 1/2, pods: 3/10` of the resources whose name begins with a prefix, or of all the others. */
function usage({ status }: ResourceQuota, of: (resource: string) => boolean): string {
  return Object.entries(status?.hard ?? {})
    .filter(([resource]) => of(resource))
    .map(([resource, hard]) => `${resource}: ${status?.used?.[resource] ?? '0'}/${hard}`)
    .join(', ');
}

export const resourceQuota = defineKind('ResourceQuota', {
  navigation: 'config',
  sort: 'name',
  columns: [
    nameColumn,
    namespaceColumn,
    column('status', 'Status', 'status', (object) => health(object).text),
    column('request', 'Request', 'text', (object) => usage(object, (resource) => !resource.startsWith('limits.'))),
    column('limit', 'Limit', 'text', (object) => usage(object, (resource) => resource.startsWith('limits.'))),
    ageColumn,
  ],
  health,
});
