import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Transport } from '../transport/transport.ts';

/** What is asked about, as a SelfSubjectAccessReview names it. What is left out stands for all. */
export interface ResourceAttributes {
  verb: string;
  group?: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name?: string;
}

const reviewSchema = z.object({ status: z.object({ allowed: z.boolean() }) });

/** Whether the cluster would let us, by its own word. Throws as the transport does, and CLUSTER_ERROR for an answer that says neither. */
export async function isAllowed(api: Transport, resourceAttributes: ResourceAttributes, signal: AbortSignal): Promise<boolean> {
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } };
  const answer = await api.json({
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    method: 'POST',
    body: { contentType: 'application/json', text: JSON.stringify(review) },
    subject: { verb: 'create', resource: 'selfsubjectaccessreviews', namespace: null },
    signal,
  });
  const parsed = reviewSchema.safeParse(answer);
  if (!parsed.success) throw new AppError('CLUSTER_ERROR', 'The cluster does not say whether this is allowed.', { cause: parsed.error });
  return parsed.data.status.allowed;
}
