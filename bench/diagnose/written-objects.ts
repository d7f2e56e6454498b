import { apiVersionOf, type Made, made } from './made.ts';

/** How large a cluster is to be. */
export interface ClusterSize {
  pods: number;
  namespaces: number;
  nodes: number;
}

/** What one team runs: everything that belongs to one workload hangs on its number. */
export interface WrittenWorkload {
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob';
  name: string;
  namespace: string;
  replicas: number;
  number: number;
  /** The host of the Service that it keeps its data behind. */
  database: string;
}

/** Of ten workloads nine are Deployments; each has four pods, so that a tenth are daemons and sets. */
const replicasOf = { Deployment: 4, StatefulSet: 5 } as const;
const daemonSets = 8;

export const namespaceName = (number: number) => `team-${number}`;
export const nodeName = (number: number) => `node-${number}`;

/** The workloads that together have so many pods. */
export function workloadsOf({ pods, namespaces, nodes }: ClusterSize): WrittenWorkload[] {
  const workloads: WrittenWorkload[] = [];
  const daemons = pods >= daemonSets * nodes * 3 ? daemonSets : 1;
  let left = pods;
  const add = (kind: WrittenWorkload['kind'], base: string, replicas: number) => {
    const number = workloads.length;
    const database = `store-15.${namespaceName(15 % namespaces)}.svc`;
    workloads.push({ kind, name: `${base}-${number}`, namespace: namespaceName(number % namespaces), replicas, number, database });
    left -= replicas;
  };
  for (let daemon = 0; daemon < daemons; daemon += 1) add('DaemonSet', 'agent', nodes);
  while (left > 0) {
    const turn = workloads.length % 20;
    if (turn === 0) add('CronJob', 'report', 1);
    else if (turn % 10 === 5) add('StatefulSet', 'store', Math.min(left, replicasOf.StatefulSet));
    else add('Deployment', 'api', Math.min(left, replicasOf.Deployment));
  }
  return workloads;
}

/** All that people write for the workloads: what the API server takes, without any status. */
export function* writtenObjects(size: ClusterSize): Iterable<Made> {
  for (let number = 0; number < size.namespaces; number += 1) {
    yield made('Namespace', null, namespaceName(number), {});
    yield made('NetworkPolicy', namespaceName(number), 'allow-namespace', {
      spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: {} }] }] },
    });
    yield made('LimitRange', namespaceName(number), 'defaults', { spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '10m', memory: '16Mi' } }] } });
    yield made('ResourceQuota', namespaceName(number), 'team', { spec: { hard: { pods: '2000' } } });
  }
  yield made('StorageClass', null, 'fast', { provisioner: 'disk.example.com', volumeBindingMode: 'WaitForFirstConsumer' });
  yield made('IngressClass', null, 'public', { spec: { controller: 'example.com/ingress' } });
  yield made('PriorityClass', null, 'important', { value: 1000 });
  const workloads = workloadsOf(size);
  for (const workload of workloads) yield* writtenFor(workload, workloads);
}

function* writtenFor(workload: WrittenWorkload, all: readonly WrittenWorkload[]): Iterable<Made> {
  const { kind, name, namespace, number } = workload;
  const labels = { app: name };
  yield made('ServiceAccount', namespace, name, {});
  yield made('ConfigMap', namespace, `${name}-settings`, { data: settingsOf(workload, all) });
  yield made('ConfigMap', namespace, `${name}-dashboards`, { data: { 'dashboard.json': '{"panels":[]}' } });
  yield made('Secret', namespace, `${name}-credentials`, { type: 'Opaque', data: { username: 'dXNlcg==', password: 'cGFzcw==' } });
  yield controller(workload);
  if (kind === 'CronJob' || kind === 'DaemonSet') return;
  const ports = [{ name: 'http', port: 80, targetPort: 'http' }];
  yield made('Service', namespace, name, { spec: { ...(kind === 'StatefulSet' ? { clusterIP: 'None' } : {}), selector: labels, ports } });
  yield made('PodDisruptionBudget', namespace, name, { spec: { maxUnavailable: 1, selector: { matchLabels: labels } } });
  if (number % 3 === 0) yield made('Role', namespace, name, { rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }] });
  if (number % 3 === 0) yield binding(namespace, name);
  if (number % 3 === 1 && kind === 'Deployment') yield autoscaler(namespace, name);
  if (number % 4 === 0) yield ingress(namespace, name);
}

function controller(workload: WrittenWorkload): Made {
  const { kind, name, namespace, replicas } = workload;
  const selector = { matchLabels: { app: name } };
  const template = { metadata: { labels: { app: name, team: namespace }, annotations: { 'prometheus.io/scrape': 'true' } }, spec: podSpec(workload) };
  if (kind === 'CronJob') {
    const jobTemplate = { spec: { template: { metadata: template.metadata, spec: { ...podSpec(workload), restartPolicy: 'Never' } } } };
    return made(kind, namespace, name, { spec: { schedule: '0 * * * *', successfulJobsHistoryLimit: 1, jobTemplate } });
  }
  if (kind === 'DaemonSet') return made(kind, namespace, name, { spec: { selector, template } });
  if (kind === 'Deployment') return made(kind, namespace, name, { spec: { replicas, selector, revisionHistoryLimit: 3, template } });
  const volumeClaimTemplates = [
    { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } } },
  ];
  return made(kind, namespace, name, { spec: { replicas, selector, serviceName: name, template, volumeClaimTemplates } });
}

/** Two containers with what real ones have: variables, references, probes, ports, limits and mounts. */
export function podSpec({ name, kind, number, database }: WrittenWorkload) {
  const probe = (path: string) => ({ httpGet: { path, port: 'http' }, periodSeconds: 10, failureThreshold: 3 });
  const app = {
    name: 'app',
    image: `registry.example.com/team/${name}:1.${number}.0`,
    ports: [{ name: 'http', containerPort: 8080 }],
    envFrom: [{ configMapRef: { name: `${name}-settings` } }],
    env: [
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'DB_HOST', value: database },
      { name: 'SMTP_HOST', value: 'smtp.mail.example.com' },
      { name: 'DB_USER', valueFrom: { secretKeyRef: { name: `${name}-credentials`, key: 'username' } } },
      { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: `${name}-credentials`, key: 'password' } } },
      { name: 'PAYMENTS', value: 'https://api.payments.example.com/v1' },
    ],
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '256Mi' } },
    readinessProbe: probe('/ready'),
    livenessProbe: probe('/live'),
    volumeMounts: [{ name: 'dashboards', mountPath: '/etc/dashboards' }, ...(kind === 'StatefulSet' ? [{ name: 'data', mountPath: '/var/lib/data' }] : [])],
  };
  const proxy = { name: 'proxy', image: 'registry.example.com/mesh/proxy:1.20.3', args: ['--upstream', 'http://127.0.0.1:8080'], resources: app.resources };
  return {
    serviceAccountName: name,
    containers: [app, proxy],
    volumes: [{ name: 'dashboards', configMap: { name: `${name}-dashboards` } }],
    // Where nodes are played they are tainted, so that nothing real is put there.
    tolerations: [{ operator: 'Exists' }],
  };
}

/** Names of other Services, as people configure them. */
function settingsOf({ number, namespace }: WrittenWorkload, all: readonly WrittenWorkload[]): Record<string, string> {
  const services = all.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
  const called = services[number % Math.max(1, services.length)];
  return {
    FEATURES: 'search,export',
    ...(called === undefined ? {} : { CATALOG_URL: `http://${called.name}.${called.namespace}.svc.cluster.local:80/v1` }),
    TEAM: namespace,
  };
}

function binding(namespace: string, name: string): Made {
  return made('RoleBinding', namespace, name, {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
}

function autoscaler(namespace: string, name: string): Made {
  const scaleTargetRef = { apiVersion: apiVersionOf('Deployment'), kind: 'Deployment', name };
  const metrics = [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }];
  return made('HorizontalPodAutoscaler', namespace, name, { spec: { scaleTargetRef, minReplicas: 1, maxReplicas: 10, metrics } });
}

function ingress(namespace: string, name: string): Made {
  const backend = { service: { name, port: { name: 'http' } } };
  const paths = [{ path: '/', pathType: 'Prefix', backend }];
  return made('Ingress', namespace, name, { spec: { ingressClassName: 'public', rules: [{ host: `${name}.example.com`, http: { paths } }] } });
}
