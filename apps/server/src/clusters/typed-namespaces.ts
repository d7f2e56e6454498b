import { typedNamespacesPath, typedNamespacesSchema } from '@quarterdeck/cluster';
import { StateFile } from '../config/state-file.ts';

/** More than a person types. */
const mostOfCluster = 100;

/** The namespaces that a person named for each cluster, kept over restarts: the API does not tell which ones somebody may see. */
export interface TypedNamespaces {
  of(cluster: string): readonly string[];
  change(cluster: string, change: { add: readonly string[]; remove: readonly string[] }): Promise<void>;
}

/** Reads the file of the state directory. Throws INTERNAL_ERROR when it can't be read or written. */
export async function openTypedNamespaces(stateDirectory: string): Promise<TypedNamespaces> {
  const file = new StateFile(typedNamespacesPath(stateDirectory), typedNamespacesSchema);
  const read = await file.read('The list of namespaces');
  const clusters = new Map(Object.entries(read?.clusters ?? {}));
  return {
    of: (cluster) => clusters.get(cluster) ?? [],
    async change(cluster, { add, remove }) {
      const kept = (clusters.get(cluster) ?? []).filter((name) => !remove.includes(name));
      clusters.set(cluster, [...new Set([...kept, ...add])].slice(-mostOfCluster));
      await file.write({ version: 1, clusters: Object.fromEntries(clusters) });
    },
  };
}
