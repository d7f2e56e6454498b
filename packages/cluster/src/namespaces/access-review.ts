import { groupOf, type ResourceKind } from '@quarterdeck/contract';
import { readRules } from '../access/ask-rights.ts';
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

/** What we may do in one namespace, as far as it says which namespaces there are. */
export interface NamespaceRules {
  /** Whether something can be listed there; true also where the cluster can't tell. */
  usable: boolean;
  /** Namespaces that a rule names: whoever may get them by name knows them. */
  named: string[];
}

/** Throws as `askReview`. */
export async function rulesIn(api: Transport, namespace: string, signal: AbortSignal): Promise<NamespaceRules> {
  const { incomplete, rules } = await readRules(api, namespace, signal);
  // Outside a list of names, "list" on anything shows something; the rules that everybody has are of other verbs.
  const usable = incomplete || rules.some(({ verbs, names }) => includes(verbs, 'list') && names.length === 0);
  const named = rules.filter(({ groups, resources }) => includes(groups, '') && includes(resources, 'namespaces')).flatMap(({ names }) => names);
  return { usable, named: [...new Set(named)] };
}

function includes(list: readonly string[], value: string): boolean {
  return list.some((each) => each === value || each === '*');
}
