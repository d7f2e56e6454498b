import type { AccessAnswer, AccessQuestion, AccessRules } from '@quarterdeck/contract';
import * as z from 'zod';
import { whoAmI } from '../auth/who-am-i.ts';
import type { Transport } from '../transport/transport.ts';
import { apiOf } from './api-of.ts';
import { askReview } from './ask-review.ts';
import type { ClusterAccess } from './cluster-access.ts';
import { minimalGrant } from './minimal-grant.ts';

const words = z.array(z.string()).nullish();
const rulesSchema = z.object({
  status: z.object({
    incomplete: z.boolean().default(false),
    resourceRules: z.array(z.object({ verbs: words, apiGroups: words, resources: words, resourceNames: words })).nullish(),
  }),
});

/** What we may do in a namespace. Throws as `askReview`. */
export async function readRules(api: Transport, namespace: string, signal: AbortSignal): Promise<AccessRules> {
  const { status } = await askReview(api, 'SelfSubjectRulesReview', { namespace }, rulesSchema, signal);
  const rules = (status.resourceRules ?? []).map(({ verbs, apiGroups, resources, resourceNames }) => ({
    verbs: verbs ?? [],
    groups: apiGroups ?? [],
    resources: resources ?? [],
    names: resourceNames ?? [],
  }));
  return { namespace, rules, incomplete: status.incomplete };
}

/** READ_ONLY for a recording, which has nobody to ask. */
export async function readAccessRules(access: ClusterAccess, namespace: string, signal: AbortSignal): Promise<AccessRules> {
  return readRules(apiOf(access), namespace, signal);
}

const reviewSchema = z.object({ status: z.object({ allowed: z.boolean(), reason: z.string().default('') }) });

/** Whether we may do one thing, and what would have to be granted for it. Throws as `askReview`; READ_ONLY for a recording. */
export async function checkAccess(access: ClusterAccess, question: AccessQuestion, signal: AbortSignal): Promise<AccessAnswer> {
  const api = apiOf(access);
  const { verb, group, namespace, name } = question;
  const [resource, subresource] = question.resource.split('/');
  const resourceAttributes = { verb, group, resource, subresource, namespace, name };
  const { status } = await askReview(api, 'SelfSubjectAccessReview', { resourceAttributes }, reviewSchema, signal);
  // An API server may be too old to say who we are; the answer stands without it.
  const user = await whoAmI(api, signal).then(
    ({ username }) => username,
    () => null,
  );
  return { user, ...status, grant: status.allowed ? null : minimalGrant(question, user ?? 'you') };
}
