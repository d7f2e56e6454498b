import { type KubeObject, type ResourceKind, toAppError } from '@quarterdeck/contract';
import { reachableNamespaces } from '../namespaces/reachable-namespaces.ts';
import type { ClusterAccess, ListOptions } from './cluster-access.ts';
import { listAll } from './list-all.ts';

export interface WhereAllowed extends Omit<ListOptions, 'namespace'> {
  /** Null: all, or those that may be looked at where the whole cluster may not. */
  namespace: string | null;
  /** The context's namespace, where others can't be found out. */
  hint?: string | null;
}

/** The objects of a kind, of one namespace or of all that may be listed. Throws what the API says; FORBIDDEN where nothing may be. */
export async function listWhereAllowed(
  access: Pick<ClusterAccess, 'list' | 'kinds' | 'api' | 'namespaces'>,
  kind: ResourceKind,
  { namespace, hint = null, ...options }: WhereAllowed,
): Promise<KubeObject[]> {
  const scope = namespace === null || !kind.namespaced ? {} : { namespace };
  try {
    return (await listAll(access, kind, { ...options, ...scope })).items;
  } catch (thrown) {
    if (namespace !== null || !kind.namespaced || toAppError(thrown).code !== 'FORBIDDEN') throw thrown;
    return inEach(access, kind, { ...options, hint, refusal: thrown });
  }
}

async function inEach(
  access: Pick<ClusterAccess, 'list' | 'kinds' | 'api' | 'namespaces'>,
  kind: ResourceKind,
  { hint, refusal, ...options }: Omit<ListOptions, 'namespace'> & { hint: string | null; refusal: unknown },
): Promise<KubeObject[]> {
  const { namespaces } = await reachableNamespaces(access, { context: hint, typed: [] }, options.signal);
  const lists = await Promise.all(
    namespaces.map(async ({ name }) => {
      try {
        return (await listAll(access, kind, { ...options, namespace: name })).items;
      } catch (thrown) {
        if (toAppError(thrown).code === 'FORBIDDEN') return null;
        throw thrown;
      }
    }),
  );
  if (lists.every((list) => list === null)) throw refusal;
  return lists.flatMap((list) => list ?? []);
}
