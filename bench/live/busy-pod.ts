/** Objects of the size that pods have in production: two containers with variables and probes, about 11 kB with what the server adds. */

export interface Spread {
  namespaces: number;
  nodes: number;
}

export const podNamespace = (number: number, { namespaces }: Spread) => `bench-${number % namespaces}`;

export function podName(number: number): string {
  return `app-${number % 400}-${hashOf(number)}-${number.toString(36).padStart(5, '0')}`;
}

function hashOf(number: number): string {
  return (number % 400).toString(16).padStart(10, '7');
}

export function busyPod(number: number, spread: Spread): unknown {
  const app = `app-${number % 400}`;
  const hash = hashOf(number);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName(number),
      namespace: podNamespace(number, spread),
      labels: { app, tier: ['web', 'api', 'worker', 'cron'][number % 4], 'pod-template-hash': hash, 'app.kubernetes.io/part-of': `product-${number % 20}` },
      annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9090', 'checksum/config': hash.repeat(6) },
    },
    spec: {
      nodeName: `node-${number % spread.nodes}`,
      terminationGracePeriodSeconds: 0,
      containers: [container('app', app, 8080), container('proxy', 'mesh-proxy', 15001)],
    },
  };
}

function container(name: string, image: string, port: number) {
  const probe = { httpGet: { path: '/healthz', port }, periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3 };
  return {
    name,
    image: `registry.example/${image}:v1.24.3`,
    ports: [{ name: 'http', containerPort: port }],
    env: Array.from({ length: 12 }, (_, index) => ({ name: `SETTING_${name.toUpperCase()}_${index}`, value: `value-${index}-of-${image}-in-production` })),
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '512Mi' } },
    livenessProbe: probe,
    readinessProbe: probe,
  };
}

/** A status as the kubelet writes it; some restarts, and now and then a container that crashes. */
export function changedStatus(change: number, startedAt: string): unknown {
  const crashed = change % 5 === 0;
  const state = crashed ? { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s restarting failed container=app' } } : { running: { startedAt } };
  const status = (name: string, own: unknown, restartCount: number) => ({
    name,
    image: `registry.example/${name}:v1.24.3`,
    imageID: '',
    ready: own === state ? !crashed : true,
    started: true,
    restartCount,
    state: own,
  });
  return { status: { phase: 'Running', containerStatuses: [status('app', state, change % 50), status('proxy', { running: { startedAt } }, 0)] } };
}
