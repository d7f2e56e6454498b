import * as z from 'zod';
import { askReview } from '../access/ask-review.ts';
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

/** Whom the API server takes us for (SelfSubjectReview, Kubernetes 1.28). Throws as `askReview`: NOT_FOUND where the server is older. */
export async function whoAmI(api: Transport, signal: AbortSignal): Promise<UserInfo> {
  return (await askReview(api, 'SelfSubjectReview', {}, reviewSchema, signal)).status.userInfo;
}
