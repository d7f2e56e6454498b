import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import type { Transport } from '../transport/transport.ts';

const reviewSchema = z.object({
  status: z.object({
    userInfo: z.object({
      username: z.string(),
      uid: z.string().optional(),
      groups: z.array(z.string()).default([]),
      extra: z.record(z.string(), z.array(z.string())).default({}),
    }),
  }),
});
export type UserInfo = z.infer<typeof reviewSchema>['status']['userInfo'];

/** Whom the API server takes us for (SelfSubjectReview, Kubernetes 1.28). Throws as the transport does: NOT_FOUND where the server is older. */
export async function whoAmI(api: Transport, signal: AbortSignal): Promise<UserInfo> {
  const review = await api.json({
    path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    method: 'POST',
    body: { contentType: 'application/json', text: JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }) },
    subject: { verb: 'create', resource: 'selfsubjectreviews', namespace: null },
    signal,
  });
  const parsed = reviewSchema.safeParse(review);
  if (parsed.success) return parsed.data.status.userInfo;
  throw new AppError('CLUSTER_ERROR', 'The server does not say who we are as a Kubernetes API server does.', { cause: parsed.error });
}
