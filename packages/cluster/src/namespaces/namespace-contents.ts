import { type NamespaceContents, type ResourceKind, toAppError } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { ConcurrencyLimit } from '../transport/concurrency-limit.ts';

/** Nobody needs to know more of a kind than that there are very many. */
const countedAtMost = 1_000;
/** Kinds that are counted at once. */
const atOnce = 6;
/** What comes and goes with others, and is no loss. */
const passing: ReadonlySet<string> = new Set(['Event', 'Endpoints', 'EndpointSlice', 'Lease', 'PodMetrics', 'ControllerRevision']);

type Counted = NamespaceContents['contents'][number] | NamespaceContents['notSeen'][number];

/** What is in a namespace, counted by kind: the most numerous first. What may not be listed is told. Throws CANCELLED. */
export async function namespaceContents(
  access: Pick<ClusterAccess, 'list'>,
  kinds: readonly ResourceKind[],
  namespace: string,
  signal: AbortSignal,
): Promise<NamespaceContents> {
  const limit = new ConcurrencyLimit(atOnce);
  const listed = kinds.filter(({ namespaced, verbs, kind }) => namespaced && verbs.includes('list') && !passing.has(kind));
  const counted = await Promise.all(listed.map((kind) => limit.run(signal, () => count(access, kind, namespace, signal))));
  return {
    contents: counted.flatMap((entry) => ('count' in entry && entry.count > 0 ? [entry] : [])).sort((a, b) => b.count - a.count),
    notSeen: counted.flatMap((entry) => ('reason' in entry ? [entry] : [])),
  };
}

async function count(access: Pick<ClusterAccess, 'list'>, kind: ResourceKind, namespace: string, signal: AbortSignal): Promise<Counted> {
  const { apiVersion, kind: name } = kind;
  let found = 0;
  try {
    for await (const { items } of access.list(kind, { namespace, signal })) {
      found += items.length;
      if (found >= countedAtMost) return { apiVersion, kind: name, count: countedAtMost, atLeast: true };
    }
  } catch (thrown) {
    signal.throwIfAborted();
    return { apiVersion, kind: name, reason: toAppError(thrown).message };
  }
  return { apiVersion, kind: name, count: found, atLeast: false };
}
