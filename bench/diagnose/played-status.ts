import { apiVersionOf, type Made, made } from './made.ts';
import type { WrittenWorkload } from './written-objects.ts';

const madeAt = '2026-05-03T12:00:00Z';
const hash = '5d4f9c7b8';

/** Where and with what a pod runs. */
export interface Placement {
  replica: number;
  /** Of all pods; its address comes from it. */
  number: number;
  node: string;
  spec: Record<string, unknown>;
}

/** What a controller or kubelet would have written to an object that is well. */
export function withStatus(object: Made, workload: WrittenWorkload | undefined): Made {
  const status = statusOf(object, workload?.replicas ?? 0);
  return status === null ? object : { ...object, status };
}

function statusOf({ kind }: Made, replicas: number): Record<string, unknown> | null {
  const counted = { observedGeneration: 1, replicas, readyReplicas: replicas, updatedReplicas: replicas, availableReplicas: replicas };
  const conditions = (...types: string[]) => types.map((type) => ({ type, status: 'True', lastTransitionTime: madeAt, lastUpdateTime: madeAt }));
  switch (kind) {
    case 'Deployment':
      return { ...counted, conditions: conditions('Available', 'Progressing') };
    case 'StatefulSet':
      return counted;
    case 'DaemonSet':
      return { observedGeneration: 1, desiredNumberScheduled: replicas, currentNumberScheduled: replicas, numberReady: replicas, numberAvailable: replicas };
    case 'CronJob':
      return { lastScheduleTime: '2026-05-04T12:00:00Z', lastSuccessfulTime: '2026-05-04T11:59:00Z' };
    case 'Job':
      return { succeeded: 1, startTime: madeAt, completionTime: madeAt, conditions: conditions('Complete') };
    case 'Namespace':
      return { phase: 'Active' };
    case 'PodDisruptionBudget':
      return { observedGeneration: 1, disruptionsAllowed: 1, currentHealthy: 4, desiredHealthy: 3, expectedPods: 4 };
    case 'HorizontalPodAutoscaler':
      return { currentReplicas: 4, desiredReplicas: 4, conditions: conditions('AbleToScale', 'ScalingActive'), currentMetrics: [] };
    case 'Ingress':
      return { loadBalancer: { ingress: [{ ip: '203.0.113.1' }] } };
    case 'ResourceQuota':
      return { hard: { pods: '2000' }, used: { pods: '100' } };
    default:
      return null;
  }
}

function podPhase(workload: WrittenWorkload, placement: Placement): Record<string, unknown> {
  const over = workload.kind === 'CronJob';
  const conditions = ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => ({
    type,
    status: over && type.endsWith('Ready') ? 'False' : 'True',
    ...(over ? { reason: 'PodCompleted' } : {}),
    lastTransitionTime: madeAt,
  }));
  const state = over ? { terminated: { exitCode: 0, reason: 'Completed', startedAt: madeAt, finishedAt: madeAt } } : { running: { startedAt: madeAt } };
  const containerStatuses = ['app', 'proxy'].map((name) => ({ name, ready: !over, started: !over, restartCount: 0, state, lastState: {} }));
  const podIP = `10.${placement.number >> 16}.${(placement.number >> 8) & 255}.${placement.number & 255}`;
  return { phase: over ? 'Succeeded' : 'Running', startTime: madeAt, podIP, conditions, containerStatuses };
}

function podName({ kind, name }: WrittenWorkload, replica: number): string {
  if (kind === 'StatefulSet') return `${name}-${replica}`;
  return kind === 'Deployment' ? `${name}-${hash}-${replica}` : `${name}-${kind === 'CronJob' ? '1-' : ''}x${replica}`;
}

/** Objects that nobody writes by hand. */
export const played = {
  madeAt,
  controllers: { Deployment: true, StatefulSet: true, DaemonSet: true, CronJob: true },

  node(name: string): Made {
    const conditions = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
      type,
      status: type === 'Ready' ? 'True' : 'False',
      lastHeartbeatTime: '2026-05-04T11:58:00Z',
      lastTransitionTime: madeAt,
    }));
    const amounts = { cpu: '32', memory: '128Gi', pods: '250' };
    const node = made('Node', null, name, { spec: {}, status: { conditions, allocatable: amounts, capacity: amounts } });
    return { ...node, metadata: { ...node.metadata, labels: { 'kubernetes.io/hostname': name } } };
  },

  pod(workload: WrittenWorkload, placement: Placement): Made {
    const { kind, name, namespace } = workload;
    const labels = { app: name, team: namespace, ...(kind === 'Deployment' ? { 'pod-template-hash': hash } : { 'controller-revision-hash': hash }) };
    const spec = { ...placement.spec, nodeName: placement.node, schedulerName: 'default-scheduler', ...(kind === 'CronJob' ? { restartPolicy: 'Never' } : {}) };
    const pod = made('Pod', namespace, podName(workload, placement.replica), {
      spec: claimed(spec, workload, placement.replica),
      status: podPhase(workload, placement),
    });
    return { ...pod, metadata: { ...pod.metadata, labels, annotations: { 'prometheus.io/scrape': 'true' } } };
  },

  replicaSet({ name, namespace }: WrittenWorkload, revision: number, replicas: number): Made {
    const own = revision === 3 ? hash : `${hash.slice(0, -1)}${revision}`;
    const selector = { matchLabels: { app: name, 'pod-template-hash': own } };
    const template = {
      metadata: { labels: selector.matchLabels },
      spec: { containers: [{ name: 'app', image: `registry.example.com/team/${name}:1.${revision}` }] },
    };
    const set = made('ReplicaSet', namespace, `${name}-${own}`, {
      spec: { replicas, selector, template },
      status: { observedGeneration: 1, replicas, readyReplicas: replicas, availableReplicas: replicas },
    });
    return { ...set, metadata: { ...set.metadata, labels: selector.matchLabels, annotations: { 'deployment.kubernetes.io/revision': String(revision) } } };
  },

  *claim({ namespace }: WrittenWorkload, pod: string): Iterable<Made> {
    const [name, volume] = [`data-${pod}`, `pv-${namespace}-${pod}`];
    const common = { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', volumeMode: 'Filesystem' };
    const resources = { requests: { storage: '1Gi' } };
    yield made('PersistentVolumeClaim', namespace, name, {
      spec: { ...common, resources, volumeName: volume },
      status: { phase: 'Bound', capacity: { storage: '1Gi' } },
    });
    const claimRef = { kind: 'PersistentVolumeClaim', namespace, name, uid: `PersistentVolumeClaim/${namespace}/${name}` };
    const spec = { ...common, capacity: { storage: '1Gi' }, claimRef, csi: { driver: 'disk.example.com', volumeHandle: volume } };
    yield made('PersistentVolume', null, volume, { spec, status: { phase: 'Bound' } });
  },

  endpoints(workload: WrittenWorkload): Made {
    const { name, namespace, replicas } = workload;
    const endpoints = Array.from({ length: replicas }, (_, replica) => ({
      addresses: [`10.200.0.${replica}`],
      conditions: { ready: true, serving: true, terminating: false },
      targetRef: { kind: 'Pod', namespace, name: podName(workload, replica) },
    }));
    const slice = made('EndpointSlice', namespace, `${name}-x1`, { addressType: 'IPv4', ports: [{ name: 'http', port: 8080 }], endpoints });
    return { ...slice, metadata: { ...slice.metadata, labels: { 'kubernetes.io/service-name': name } } };
  },

  event(pod: Made, number: number): Made {
    const { namespace = '', name, uid } = pod.metadata;
    return made('Event', namespace, `${name}.${number.toString(16)}`, {
      involvedObject: { apiVersion: apiVersionOf('Pod'), kind: 'Pod', namespace, name, uid },
      type: 'Normal',
      reason: 'Started',
      message: 'Started container app',
      count: 1,
      firstTimestamp: madeAt,
      lastTimestamp: madeAt,
    });
  },
};

/** A pod of a StatefulSet has its own claim. */
function claimed(spec: Record<string, unknown>, { kind, name }: WrittenWorkload, replica: number): Record<string, unknown> {
  if (kind !== 'StatefulSet') return spec;
  const data = { name: 'data', persistentVolumeClaim: { claimName: `data-${name}-${replica}` } };
  return { ...spec, volumes: [...(Array.isArray(spec.volumes) ? spec.volumes : []), data] };
}
