import { type ClusterAccess, mayListEverywhere, reachableNamespaces, readTypedNamespaces, stateDirectoryOf } from '@quarterdeck/cluster';
import type { ClusterChoice } from './cluster-options.ts';
import { defaultNamespace } from './default-namespace.ts';

/** Null for the whole cluster; for who may not list that, the namespaces that can be looked at. */
export async function namespacesInReach(access: ClusterAccess, choice: ClusterChoice, signal: AbortSignal): Promise<string[] | null> {
  if (access.api === null || (await mayListEverywhere(access.api, { apiVersion: 'v1', plural: 'pods' }, signal))) return null;
  const { namespaces } = await reachableNamespaces(
    access,
    { context: await defaultNamespace(choice), typed: await readTypedNamespaces(stateDirectoryOf(process.env), access.id) },
    signal,
  );
  const usable = namespaces.filter((entry) => entry.usable).map(({ name }) => name);
  return usable.length === 0 ? null : usable;
}
