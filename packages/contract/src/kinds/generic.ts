import * as z from 'zod';
import type { KubeObject } from '../objects/kube-object.ts';
import { groupOf } from '../objects/object-ref.ts';
import { ageColumn, column, nameColumn, namespaceColumn } from './columns.ts';
import { conditionOf, presence } from './health.ts';
import type { Health, KindDescriptor } from './kind-descriptor.ts';

const conditionSchema = z.object({ type: z.string(), status: z.string(), reason: z.string().default('') });

/** What many controllers write by convention; a status of another shape says nothing. */
const statusSchema = z.object({
  status: z.object({ phase: z.string().optional().catch(undefined), conditions: z.array(conditionSchema).default([]).catch([]) }),
});

/** Conditions that sum an object up, in the order in which they are looked for. */
const summaries = ['Ready', 'Available', 'Established', 'Synced', 'Healthy', 'Accepted'];

function health(object: KubeObject): Health {
  const read = statusSchema.safeParse(object);
  if (!read.success || object.metadata.deletionTimestamp !== undefined) return presence(object);
  const { phase, conditions } = read.data.status;
  for (const type of summaries) {
    const condition = conditionOf(conditions, type);
    if (condition?.status === 'True') return { state: 'healthy', text: type };
    if (condition?.status === 'False') return { state: 'medium', text: condition.reason || `Not ${type}` };
  }
  return { state: 'unknown', text: phase ?? '' };
}

const navigationByGroup: Readonly<Record<string, KindDescriptor<KubeObject>['navigation']>> = {
  '': 'config',
  apps: 'workloads',
  batch: 'workloads',
  autoscaling: 'workloads',
  policy: 'workloads',
  'networking.k8s.io': 'network',
  'discovery.k8s.io': 'network',
  'gateway.networking.k8s.io': 'network',
  'storage.k8s.io': 'storage',
  'snapshot.storage.k8s.io': 'storage',
  'rbac.authorization.k8s.io': 'access',
  'certificates.k8s.io': 'access',
  'admissionregistration.k8s.io': 'cluster',
  'apiextensions.k8s.io': 'cluster',
  'apiregistration.k8s.io': 'cluster',
  'coordination.k8s.io': 'cluster',
  'events.k8s.io': 'cluster',
  'flowcontrol.apiserver.k8s.io': 'cluster',
  'node.k8s.io': 'cluster',
  'resource.k8s.io': 'cluster',
  'scheduling.k8s.io': 'cluster',
};

/** The descriptor of a kind that has none of its own, custom resources among them. */
export function genericDescriptor(apiVersion: string, kind: string): KindDescriptor<KubeObject> {
  const group = groupOf(apiVersion);
  return {
    kind,
    group,
    navigation: navigationByGroup[group] ?? 'custom',
    sort: 'name',
    columns: [nameColumn, namespaceColumn, column('status', 'Status', 'status', (object) => health(object).text), ageColumn],
    health,
  };
}
