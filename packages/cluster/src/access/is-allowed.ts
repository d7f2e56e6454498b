import * as z from 'zod';
import type { Transport } from '../transport/transport.ts';
import { askReview } from './ask-review.ts';

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

/** Whether the cluster would let us, by its own word. Throws as `askReview`. */
export async function isAllowed(api: Transport, resourceAttributes: ResourceAttributes, signal: AbortSignal): Promise<boolean> {
  return (await askReview(api, 'SelfSubjectAccessReview', { resourceAttributes }, reviewSchema, signal)).status.allowed;
}
