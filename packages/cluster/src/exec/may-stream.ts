import { AppError } from '@quarterdeck/contract';
import { apiOf } from '../access/api-of.ts';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { isAllowed } from '../access/is-allowed.ts';
import type { Transport } from '../transport/transport.ts';
import { missingRights, type StreamSubresource, type StreamVerb, streamVerbs } from './stream-rights.ts';

export interface StreamTarget {
  namespace: string;
  /** Left out: any pod of the namespace. */
  pod?: string;
  subresource: StreamSubresource;
}

export interface StreamRights {
  allowed: boolean;
  missing: StreamVerb[];
  /** What is missing and what to ask for; null where nothing is. */
  reason: { message: string; hint: string } | null;
}

/** Whether the cluster would let us open a stream, asked with a SelfSubjectAccessReview a verb. Throws as the transport does; READ_ONLY for a recording. */
export async function mayStream(access: ClusterAccess, target: StreamTarget, signal: AbortSignal): Promise<StreamRights> {
  const api = apiOf(access);
  const missing = await missingVerbs(api, target, streamVerbs(await access.version(signal)), signal);
  const reason = missing.length === 0 ? null : missingRights(target.subresource, missing, target.namespace);
  return { allowed: missing.length === 0, missing, reason };
}

export function mayExec(access: ClusterAccess, target: Omit<StreamTarget, 'subresource'>, signal: AbortSignal): Promise<StreamRights> {
  return mayStream(access, { ...target, subresource: 'exec' }, signal);
}

/** A FORBIDDEN of a stream with the verbs that are missing; whatever else was thrown as it is. */
export async function explainRefusal(api: Transport, thrown: unknown, target: StreamTarget, signal: AbortSignal): Promise<unknown> {
  if (!(thrown instanceof AppError) || thrown.code !== 'FORBIDDEN') return thrown;
  const missing = await missingVerbs(api, target, ['get', 'create'], signal).catch(() => []);
  if (missing.length === 0) return thrown;
  const { message, hint } = missingRights(target.subresource, missing, target.namespace);
  return new AppError('FORBIDDEN', message, { hint, details: { ...thrown.details, missing }, cause: thrown });
}

async function missingVerbs(api: Transport, target: StreamTarget, verbs: readonly StreamVerb[], signal: AbortSignal): Promise<StreamVerb[]> {
  const { namespace, pod, subresource } = target;
  const about = { namespace, resource: 'pods', subresource, ...(pod === undefined ? {} : { name: pod }) };
  const allowed = await Promise.all(verbs.map((verb) => isAllowed(api, { ...about, verb }, signal)));
  return verbs.filter((_verb, i) => !allowed[i]);
}
