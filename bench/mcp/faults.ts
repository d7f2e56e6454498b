/** What is broken in the namespace that is asked about, and one thing that is not. */
export function faultsIn(namespace: string): object[] {
  const deployment = (name: string, container: object, replicas = 1) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [{ name: 'app', image: 'docker.io/local/pause:1', imagePullPolicy: 'IfNotPresent', ...container }],
        },
      },
    },
  });
  const secretKeyRef = { name: 'db-login', key: 'password' };
  const crash = ['sh', '-c', 'for i in $(seq 1 40); do echo "worker: starting attempt $i"; done; echo "worker: connection refused: queue:5672"; exit 1'];
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shop-settings', namespace }, data: { CURRENCY: 'EUR' } },
    deployment('web', { env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef } }] }),
    deployment('api', { image: 'docker.io/local/missing:1' }),
    deployment('worker', { image: 'docker.io/local/busybox:1', command: crash }),
    deployment('shop', { envFrom: [{ configMapRef: { name: 'shop-settings' } }] }, 3),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'checkout', namespace },
      spec: { selector: { app: 'chekout' }, ports: [{ port: 80, targetPort: 8080 }] },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast-ssd', resources: { requests: { storage: '1Gi' } } },
    },
  ];
}
