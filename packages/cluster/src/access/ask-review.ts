import { AppError } from '@quarterdeck/contract';
import type * as z from 'zod';
import type { Transport } from '../transport/transport.ts';

/** The questions about ourselves that an API server answers: they are written as objects and kept nowhere. */
const reviews = {
  SelfSubjectAccessReview: { group: 'authorization.k8s.io', plural: 'selfsubjectaccessreviews' },
  SelfSubjectRulesReview: { group: 'authorization.k8s.io', plural: 'selfsubjectrulesreviews' },
  SelfSubjectReview: { group: 'authentication.k8s.io', plural: 'selfsubjectreviews' },
} as const;

/** The answer, checked. Throws as the transport does, and CLUSTER_ERROR for an answer of another form. */
export async function askReview<T>(api: Transport, kind: keyof typeof reviews, spec: object, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
  const { group, plural } = reviews[kind];
  const answer = await api.json({
    path: `/apis/${group}/v1/${plural}`,
    method: 'POST',
    body: { contentType: 'application/json', text: JSON.stringify({ apiVersion: `${group}/v1`, kind, spec }) },
    subject: { verb: 'create', resource: plural, namespace: null },
    signal,
  });
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new AppError('CLUSTER_ERROR', `The cluster does not answer a ${kind} as a Kubernetes API server does.`, { cause: parsed.error });
}
