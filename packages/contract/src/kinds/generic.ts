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

/** The descriptor of a kind that has none of its own, custom resources among them. */
export function genericDescriptor(apiVersion: string, kind: string): KindDescriptor<KubeObject> {
  const group = groupOf(apiVersion);
  return {
    kind,
    group,
    sort: 'name',
    columns: [nameColumn, namespaceColumn, column('status', 'Status', 'status', (object) => health(object).text), ageColumn],
    health,
  };
}
