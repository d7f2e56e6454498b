import type { CompletionSource } from '@quarterdeck/terminal';
import type { SeenCluster } from '../policy/seen-cluster.ts';
import type { SeenClusters } from '../policy/seen-clusters.ts';
import { listCellValues } from '../resources/list-resources.ts';

/** Whoever types does not wait longer: what is read meanwhile is there at the next key. Milliseconds. */
const patience = 400;
const mostNames = 100;

/** What completion may offer somebody: of the cluster that the shell speaks to, as they see it. `cluster` null: contexts alone. */
export function completionSource(seen: SeenClusters, cluster: SeenCluster | null, namespace: string | null, signal: AbortSignal): CompletionSource {
  const soon = () => AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  const orNone = async <T>(read: () => Promise<readonly T[]>): Promise<readonly T[]> => read().catch(() => []);
  return {
    contexts: async () => seen.list().map(({ name }) => name),
    namespaces: () => orNone(async () => (cluster === null ? [] : (await cluster.namespaces()).namespaces.map(({ name }) => name))),
    kinds: () =>
      orNone(async () => {
        if (cluster === null) return [];
        return (await cluster.kinds(soon())).map(({ kind, plural, shortNames }) => ({ name: plural, kind, short: shortNames }));
      }),
    names: (kind, named, search) =>
      orNone(async () => {
        const asked = soon();
        const found = cluster === null ? null : await cluster.kind(kind, asked);
        if (cluster === null || found === null) return [];
        const namespaces = found.namespaced ? [named ?? namespace ?? 'default'] : [];
        const { values } = await listCellValues(cluster, { kind, namespaces, of: 'name', search, limit: mostNames }, asked);
        return values.map(({ value }) => value).sort();
      }),
  };
}
