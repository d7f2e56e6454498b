import type { KubeObject } from '@quarterdeck/contract';
import * as z from 'zod';

const textMap = z.record(z.string(), z.string()).optional();
const cronJobSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string().optional(), uid: z.string().optional() }),
  spec: z.object({
    jobTemplate: z.object({ metadata: z.object({ labels: textMap, annotations: textMap }).optional(), spec: z.record(z.string(), z.unknown()) }),
  }),
});

/** The Job that a CronJob would start now, owned by it and marked as started by hand. Source: kubectl create job --from. */
export function jobFromCronJob(cronJob: KubeObject, name: string): Record<string, unknown> {
  const { metadata, spec } = cronJobSchema.parse(cronJob);
  const template = spec.jobTemplate;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: metadata.namespace,
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...template.metadata?.annotations },
      ...(template.metadata?.labels === undefined ? {} : { labels: template.metadata.labels }),
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: metadata.name, uid: metadata.uid, controller: true }],
    },
    spec: template.spec,
  };
}
