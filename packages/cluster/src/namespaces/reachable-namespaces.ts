import { type AppError, type NamespaceEntry, type NamespaceOrigin, type Namespaces, type ResourceKind, toAppError } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { listAll } from '../access/list-all.ts';
import { findBuiltInKind } from '../discovery/resource-kinds.ts';
import type { Transport } from '../transport/transport.ts';
import { type NamespaceRules, rulesIn } from './access-review.ts';

export interface NamespaceHints {
  /** The context's. */
  context: string | null;
  /** Those that a person typed. */
  typed: readonly string[];
}

/**
 * The namespaces that we can look at, and how each is known. Complete where the cluster lists them (or, on OpenShift,
 * the projects). Else those of the context, of rules that name one, and those that a person typed, each with whether
 * anything may be listed there. Throws what keeps the cluster from answering at all; a refusal is an answer.
 */
export async function reachableNamespaces(
  access: Pick<ClusterAccess, 'list' | 'kinds' | 'api' | 'namespaces'>,
  hints: NamespaceHints,
  signal: AbortSignal,
): Promise<Namespaces> {
  const kinds = await access.kinds(signal);
  const namespaces = findBuiltInKind(kinds, 'Namespace');
  const listed = await listedNames(access, namespaces, signal);
  if ('names' in listed) return complete(listed.names, 'list', hints.typed);
  const projects = kinds.find(({ apiVersion, kind }) => kind === 'Project' && apiVersion.startsWith('project.openshift.io/')) ?? null;
  const ofProjects = await listedNames(access, projects, signal);
  if ('names' in ofProjects && ofProjects.names.length > 0) return complete(ofProjects.names, 'projects', hints.typed);
  return {
    complete: false,
    reason: listed.refusal?.message ?? 'This cluster does not list its namespaces.',
    namespaces: await knownNamespaces(access.api, hints, signal),
  };
}

async function listedNames(
  access: Pick<ClusterAccess, 'list'>,
  kind: ResourceKind | null,
  signal: AbortSignal,
): Promise<{ names: string[] } | { refusal: AppError | null }> {
  if (kind === null) return { refusal: null };
  try {
    const { items } = await listAll(access, kind, { signal });
    return { names: items.map((item) => item.metadata.name) };
  } catch (thrown) {
    const refusal = toAppError(thrown);
    if (refusal.code !== 'FORBIDDEN' && refusal.code !== 'NOT_FOUND') throw thrown;
    return { refusal };
  }
}

/** A typed one that is not in the list is kept: it may be about to be made. It is not usable. */
function complete(names: readonly string[], from: NamespaceOrigin, typed: readonly string[]): Namespaces {
  const found = new Map(names.map((name): [string, NamespaceEntry] => [name, { name, from: [from], usable: true }]));
  for (const name of typed) found.set(name, { name, from: [...(found.get(name)?.from ?? []), 'typed'], usable: found.has(name) });
  return { complete: true, reason: null, namespaces: sorted(found) };
}

async function knownNamespaces(api: Transport | null, { context, typed }: NamespaceHints, signal: AbortSignal): Promise<NamespaceEntry[]> {
  const origins = new Map<string, Set<NamespaceOrigin>>();
  const add = (name: string, from: NamespaceOrigin) => origins.set(name, (origins.get(name) ?? new Set()).add(from));
  if (context !== null) add(context, 'context');
  for (const name of typed) add(name, 'typed');
  const rules = await rulesOf(api, origins.size === 0 ? ['default'] : [...origins.keys()], signal);
  for (const { named } of rules.values()) for (const name of named) add(name, 'rules');
  const more = await rulesOf(
    api,
    [...origins.keys()].filter((name) => !rules.has(name)),
    signal,
  );
  const usable = (name: string) => (rules.get(name) ?? more.get(name))?.usable ?? true;
  return sorted(new Map([...origins].map(([name, from]) => [name, { name, from: [...from], usable: usable(name) }])));
}

/** A cluster that can't say what we may do lets us try. */
async function rulesOf(api: Transport | null, names: readonly string[], signal: AbortSignal): Promise<Map<string, NamespaceRules>> {
  const unknown: NamespaceRules = { usable: true, named: [] };
  const answers = names.map(async (name): Promise<[string, NamespaceRules]> => {
    if (api === null) return [name, unknown];
    return [name, await rulesIn(api, name, signal).catch(() => unknown)];
  });
  const rules = await Promise.all(answers);
  signal.throwIfAborted();
  return new Map(rules);
}

function sorted(found: ReadonlyMap<string, NamespaceEntry>): NamespaceEntry[] {
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
