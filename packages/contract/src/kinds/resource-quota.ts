import type { KindTypes } from '../objects/kube-object.ts';
import { parseQuantity } from '../objects/quantity.ts';
import { ageColumn, column, nameColumn, namespaceColumn } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { isTerminating } from './health.ts';
import type { Health } from './kind-descriptor.ts';

type ResourceQuota = KindTypes['ResourceQuota'];

/** How much of each resource is used, in parts of its limit. A limit of zero that nothing uses counts as unused. */
function usedParts({ status }: ResourceQuota): { resource: string; part: number }[] {
  return Object.entries(status?.hard ?? {}).flatMap(([resource, hard]) => {
    const limit = parseQuantity(hard);
    const used = parseQuantity(status?.used?.[resource] ?? '0');
    if (limit === null || used === null) return [];
    return [{ resource, part: used === 0 ? 0 : used / limit }];
  });
}

function health(object: ResourceQuota): Health {
  if (isTerminating(object)) return { state: 'pending', text: 'Terminating' };
  const parts = usedParts(object).sort((a, b) => b.part - a.part);
  const full = parts.filter(({ part }) => part >= 1).map(({ resource }) => resource);
  if (full.length > 0) return { state: 'medium', text: `Used up: ${full.join(', ')}` };
  const [fullest] = parts;
  return { state: 'healthy', text: fullest === undefined ? 'Not counted yet' : `${fullest.resource} ${Math.floor(fullest.part * 100)}% used` };
}

/** `cpu: 1/2, pods: 3/10` of the resources whose name begins with a prefix, or of all the others. */
function usage({ status }: ResourceQuota, of: (resource: string) => boolean): string {
  return Object.entries(status?.hard ?? {})
    .filter(([resource]) => of(resource))
    .map(([resource, hard]) => `${resource}: ${status?.used?.[resource] ?? '0'}/${hard}`)
    .join(', ');
}

export const resourceQuota = defineKind('ResourceQuota', {
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
