/** Names that every cluster has. They tell nothing, and a model knows what they are. */
const everywhere = new Set([
  ...['default', 'kubernetes', 'kube-system', 'kube-public', 'kube-node-lease', 'kube-root-ca.crt', 'kube-dns', 'coredns', 'kube-proxy'],
  ...['kube-apiserver', 'kube-scheduler', 'kube-controller-manager', 'etcd', 'metrics-server', 'cluster-admin', 'admin', 'edit', 'view'],
]);

/** Kubernetes' own words: an object that is named like a field or a kind can't be told from it. */
const words = new Set(
  [
    'api apiversion args cluster command conditions config configmap configmaps container containers cronjob cronjobs daemonset data deployment deployments endpoints',
    'env event events false generation group image ingress initcontainers items job jobs key keys kind labels lastTransitionTime list local log logs message metadata name namespace namespaces node nodes',
    'null object phase pod pods policy port ports protocol reason ready replicas replicaset role route rules running secret secrets selector service services source spec state',
    'statefulset status storage svc template time true type uid value values version volume volumes',
  ].flatMap((line) => line.split(' ')),
);

export function isWellKnown(name: string): boolean {
  return everywhere.has(name) || words.has(name) || /^(?:system[:-]|kube-)/.test(name);
}
