import type { KubeObject } from '@quarterdeck/contract';
import * as z from 'zod';

const terminatingSchema = z.object({
  kind: z.string(),
  metadata: z.object({ deletionTimestamp: z.string(), finalizers: z.array(z.string()).default([]) }),
  spec: z.object({ finalizers: z.array(z.string()).default([]) }).optional(),
  status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string(), message: z.string().default('') })).default([]) }).optional(),
});

export interface Terminating {
  /** ISO 8601: when its deletion was asked for, or when its grace period ends. */
  since: string;
  finalizers: readonly string[];
  /** What the cluster says that it waits for. */
  said: readonly string[];
}

/** What keeps an object that is being deleted; null for one that is not. */
export function whatHolds(object: KubeObject): Terminating | null {
  const { data } = terminatingSchema.safeParse(object);
  if (data === undefined) return null;
  const { kind, metadata, spec, status } = data;
  const ofSpec = kind === 'Namespace' ? (spec?.finalizers ?? []) : [];
  const said = kind === 'Namespace' ? (status?.conditions ?? []).filter((condition) => condition.status === 'True' && condition.message !== '') : [];
  return { since: metadata.deletionTimestamp, finalizers: [...metadata.finalizers, ...ofSpec], said: said.map(({ message }) => message) };
}
