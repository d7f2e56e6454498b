import { AppError } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { mayStream } from '../exec/may-stream.ts';

/** Throws FORBIDDEN, with the verbs that are missing, where the cluster would refuse to forward to the pod (or to any of the namespace). */
export async function requireStream(access: ClusterAccess, { namespace, pod }: { namespace: string; pod: string | null }, signal: AbortSignal): Promise<void> {
  const { allowed, reason } = await mayStream(access, { namespace, subresource: 'portforward', ...(pod === null ? {} : { pod }) }, signal);
  if (allowed || reason === null) return;
  throw new AppError('FORBIDDEN', reason.message, { hint: reason.hint });
}
