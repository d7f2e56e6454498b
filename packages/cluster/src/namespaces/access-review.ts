import { groupOf, type ResourceKind } from '@quarterdeck/contract';
import * as z from 'zod';
import { askReview } from '../access/ask-review.ts';
import { isAllowed } from '../access/is-allowed.ts';
import type { Transport } from '../transport/transport.ts';

/** Whether a kind may be listed in all namespaces at once. A cluster that can't say so lets us try. Throws CANCELLED. */
export function mayListEverywhere(api: Transport, { apiVersion, plural }: Pick<ResourceKind, 'apiVersion' | 'plural'>, signal: AbortSignal): Promise<boolean> {
  return allowedOrUnknown(api, { verb: 'list', group: groupOf(apiVersion), resource: plural }, true, signal);
}

/** Whether every kind may be listed in all namespaces: one question in place of one a kind. False where the cluster can't say. Throws CANCELLED. */
export function mayListAll(api: Transport, signal: AbortSignal): Promise<boolean> {
  return allowedOrUnknown(api, { verb: 'list', group: '*', resource: '*' }, false, signal);
}

async function allowedOrUnknown(api: Transport, what: Record<'verb' | 'group' | 'resource', string>, unknown: boolean, signal: AbortSignal): Promise<boolean> {
  try {
    return await isAllowed(api, what, signal);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return unknown;
  }
}

const rulesSchema = z.object({
  status: z.object({
    incomplete: z.boolean().default(false),
    resourceRules: z
      .array(
        z.object({
          verbs: z.array(z.string()).nullish(),
          apiGroups: z.array(z.string()).nullish(),
          resources: z.array(z.string()).nullish(),
          resourceNames: z.array(z.string()).nullish(),
        }),
      )
      .nullish(),
  }),
});

/** What we may do in one namespace, as far as it says which namespaces there are. */
export interface NamespaceRules {
  /** Whether something can be listed there; true also where the cluster can't tell. */
  usable: boolean;
  /** Namespaces that a rule names: whoever may get them by name knows them. */
  named: string[];
}

/** Throws as `askReview`. */
export async function rulesIn(api: Transport, namespace: string, signal: AbortSignal): Promise<NamespaceRules> {
  const { incomplete, resourceRules } = (await askReview(api, 'SelfSubjectRulesReview', { namespace }, rulesSchema, signal)).status;
  const rules = resourceRules ?? [];
  // Outside a list of names, "list" on anything shows something; the rules that everybody has are of other verbs.
  const usable = incomplete || rules.some(({ verbs, resourceNames }) => includes(verbs, 'list') && !resourceNames?.length);
  const named = rules
    .filter(({ apiGroups, resources }) => includes(apiGroups, '') && includes(resources, 'namespaces'))
    .flatMap((rule) => rule.resourceNames ?? []);
  return { usable, named: [...new Set(named)] };
}

function includes(list: readonly string[] | null | undefined, value: string): boolean {
  return list?.some((each) => each === value || each === '*') ?? false;
}
