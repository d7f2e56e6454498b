import { type BundleContent, type ClusterAccess, collectBundle } from '@quarterdeck/cluster';
import { diagnose } from '@quarterdeck/diagnosis';
import { requireNamespace } from './require-namespace.ts';

/** Everything that a bundle holds of some namespaces, or (none named) of all. Throws NOT_FOUND for a namespace that is not there, and as `collectBundle`. */
export function recordCluster(access: ClusterAccess, namespaces: readonly string[], signal: AbortSignal): Promise<BundleContent> {
  return collectBundle(access, {
    namespaces,
    signal,
    async ask(snapshot, evidence) {
      for (const namespace of namespaces) requireNamespace(snapshot, namespace);
      await diagnose({ snapshot, evidence, signal });
    },
  });
}
