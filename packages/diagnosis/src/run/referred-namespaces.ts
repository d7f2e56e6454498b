import type { ClusterSnapshot } from '@quarterdeck/cluster';
import { refOf } from '@quarterdeck/contract';
import { createClusterView } from '../view/create-cluster-view.ts';

/** Where the DNS and the other services of the cluster itself run, which everything refers to without saying so. */
const systemNamespace = 'kube-system';

/**
 * The namespaces outside a snapshot's scope that its objects refer to: a Service that is called there, the backend of
 * a webhook, a subject of a binding. What breaks the objects of the scope may lie in one of them. Sorted; empty where
 * the whole cluster was read.
 */
export function referredNamespaces({ objects, takenAt: now, scope, coverage, customKinds }: ClusterSnapshot): string[] {
  if (scope === null) return [];
  const { view } = createClusterView({ objects, now, scope, coverage, customKinds });
  const referred = new Set<string>([systemNamespace]);
  for (const object of objects) {
    for (const { to } of view.outgoing(refOf(object))) if (to.namespace !== null) referred.add(to.namespace);
  }
  const outside = [...referred].filter((namespace) => !scope.includes(namespace));
  return (coverage.Namespace === 'read' ? outside.filter((namespace) => view.get('Namespace', null, namespace) !== undefined) : outside).sort();
}
