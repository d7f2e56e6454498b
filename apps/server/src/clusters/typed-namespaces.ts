import { join } from 'node:path';
import { typedNamespaceSchema } from '@quarterdeck/contract';
import * as z from 'zod';
import { StateFile } from '../config/state-file.ts';

const fileSchema = z.object({ version: z.literal(1), clusters: z.record(z.string(), z.array(typedNamespaceSchema)) });
/** More than a person types. */
const mostOfCluster = 100;

/** The namespaces that a person named for each cluster, kept over restarts: the API does not tell which ones somebody may see. */
export interface TypedNamespaces {
  of(cluster: string): readonly string[];
  change(cluster: string, change: { add: readonly string[]; remove: readonly string[] }): Promise<void>;
}

/** Reads the file of the state directory. Throws INTERNAL_ERROR when it can't be read or written. */
export async function openTypedNamespaces(stateDirectory: string): Promise<TypedNamespaces> {
  const file = new StateFile(join(stateDirectory, 'namespaces.json'), fileSchema);
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
