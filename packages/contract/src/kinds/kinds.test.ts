import { describe, expect, it } from 'vitest';
import { builtInKinds, type KindTypes, type KubeObject } from '../objects/kube-object.ts';
import { descriptorFor, kindDescriptors } from './index.ts';

const now = Date.parse('2026-01-01T12:00:00Z');

function cells(object: KubeObject): Record<string, unknown> {
  return Object.fromEntries(descriptorFor(object.apiVersion, object.kind).columns.map(({ id, getValue }) => [id, getValue(object, now)]));
}

function health(object: KubeObject) {
  return descriptorFor(object.apiVersion, object.kind).health(object, now);
}

function deployment(spec: { replicas: number; paused?: boolean }, status: NonNullable<KindTypes['Deployment']['status']>): KindTypes['Deployment'] {
  const selector = { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }] };
  const template = {
    spec: {
      containers: [
        { name: 'app', image: 'web:1' },
        { name: 'proxy', image: 'proxy:2' },
      ],
    },
  };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', generation: 2 }, spec: { ...spec, selector, template }, status };
}

describe('every descriptor', () => {
  it.each(kindDescriptors.map((descriptor) => [descriptor.kind, descriptor] as const))(
    '%s copes with an object that has nothing but a name',
    (kind, descriptor) => {
      const object = { apiVersion: Object.entries(builtInKinds).find(([name]) => name === kind)?.[1].apiVersion ?? '', kind, metadata: { name: 'x' } };
      const sparse: KubeObject = kind === 'Event' ? Object.assign(object, { involvedObject: {} }) : object;
      expect(() => descriptor.columns.map((column) => column.getValue(sparse, now))).not.toThrow();
      expect(descriptor.health(sparse, now).state).toBeTypeOf('string');
      const ids = descriptor.columns.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toContain(descriptor.sort.replace('-', ''));
    },
  );
});

describe('descriptorFor', () => {
  it('finds a kind by its group, whatever the version', () => {
    expect(descriptorFor('autoscaling/v1', 'HorizontalPodAutoscaler').columns.map(({ id }) => id)).toContain('targets');
  });

  it('does not take a foreign kind of the same name for its own', () => {
    const knative = descriptorFor('serving.knative.dev/v1', 'Service');
    expect(knative).toMatchObject({ group: 'serving.knative.dev' });
    expect(knative.columns.map(({ id }) => id)).toEqual(['name', 'namespace', 'status', 'age']);
  });

  it('reads the conditions of a custom resource', () => {
    const certificate = (status: object): KubeObject =>
      Object.assign({ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'c' } }, { status });
    expect(health(certificate({ conditions: [{ type: 'Ready', status: 'False', reason: 'DoesNotExist' }] }))).toEqual({
      state: 'medium',
      text: 'DoesNotExist',
    });
    expect(health(certificate({ conditions: [{ type: 'Ready', status: 'True' }] }))).toEqual({ state: 'healthy', text: 'Ready' });
    expect(health(certificate({ conditions: 'nonsense', phase: 'Issuing' }))).toEqual({ state: 'unknown', text: 'Issuing' });
  });
});

describe('Deployment', () => {
  it('shows what kubectl get -o wide shows', () => {
    expect(cells(deployment({ replicas: 3 }, { readyReplicas: 1, updatedReplicas: 3, availableReplicas: 1 }))).toMatchObject({
      ready: '1/3',
      upToDate: 3,
      available: 1,
      containers: 'app,proxy',
      images: 'web:1,proxy:2',
      selector: 'app=web,tier in (a,b)',
    });
  });

  const settled = { observedGeneration: 2, conditions: [{ type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }] };
  const stuck = { observedGeneration: 2, conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] };
  const refused = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' };
  const down = (lastTransitionTime: string) => ({
    observedGeneration: 2,
    conditions: [
      { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' },
      { type: 'Available', status: 'False', lastTransitionTime },
    ],
  });
  it.each([
    ['all are ready', { replicas: 2 }, { ...settled, readyReplicas: 2 }, 'healthy'],
    ['some are missing', { replicas: 2 }, { ...settled, readyReplicas: 1 }, 'high'],
    ['none is ready', { replicas: 2 }, settled, 'critical'],
    ['it rolls out', { replicas: 2 }, { observedGeneration: 1, readyReplicas: 1 }, 'pending'],
    ['it rolls out and has been down for a while', { replicas: 2 }, down('2026-01-01T11:55:00Z'), 'high'],
    ['it rolls out and went down a moment ago', { replicas: 2 }, down('2026-01-01T11:59:30Z'), 'pending'],
    ['its pods can not be created', { replicas: 2 }, { ...settled, readyReplicas: 1, conditions: [refused] }, 'high'],
    ['the rollout is stuck', { replicas: 2 }, { ...stuck, readyReplicas: 2 }, 'high'],
    ['it is scaled to zero', { replicas: 0 }, settled, 'scaledToZero'],
    ['it is paused', { replicas: 2, paused: true }, settled, 'paused'],
  ])('is told apart when %s', (_, spec, status, state) => {
    expect(health(deployment(spec, status)).state).toBe(state);
  });
});

describe('other kinds', () => {
  it('Node: readiness, scheduling, roles and pressure', () => {
    const node = (conditions: { type: string; status: string }[], unschedulable = false): KindTypes['Node'] => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n', labels: { 'node-role.kubernetes.io/control-plane': '' } },
      spec: { unschedulable },
      status: { conditions },
    });
    expect(cells(node([{ type: 'Ready', status: 'True' }], true))).toMatchObject({ status: 'Ready,SchedulingDisabled', roles: 'control-plane' });
    expect(health(node([{ type: 'Ready', status: 'Unknown' }]))).toEqual({ state: 'critical', text: 'NotReady' });
    const pressed = [
      { type: 'Ready', status: 'True' },
      { type: 'DiskPressure', status: 'True' },
    ];
    expect(health(node(pressed))).toEqual({ state: 'high', text: 'Ready,DiskPressure' });
  });

  it('Service: node ports and a load balancer without an address', () => {
    const service: KindTypes['Service'] = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's' },
      spec: {
        type: 'LoadBalancer',
        ports: [
          { port: 80, nodePort: 30080 },
          { port: 53, protocol: 'UDP' },
        ],
      },
    };
    expect(cells(service)).toMatchObject({ externalIp: '<pending>', ports: '80:30080/TCP,53/UDP' });
    expect(health(service).state).toBe('pending');
  });

  it('ResourceQuota: names what is used up, across units', () => {
    const quota: KindTypes['ResourceQuota'] = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'q' },
      status: { hard: { 'requests.cpu': '1', 'limits.memory': '1Gi', pods: '10' }, used: { 'requests.cpu': '1000m', 'limits.memory': '512Mi', pods: '3' } },
    };
    expect(health(quota)).toEqual({ state: 'medium', text: 'Used up: requests.cpu' });
    expect(cells(quota)).toMatchObject({ request: 'requests.cpu: 1000m/1, pods: 3/10', limit: 'limits.memory: 512Mi/1Gi' });
  });

  it('HorizontalPodAutoscaler: a metric that was not read is unknown', () => {
    const autoscaler: KindTypes['HorizontalPodAutoscaler'] = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'h' },
      spec: {
        maxReplicas: 5,
        scaleTargetRef: { kind: 'Deployment', name: 'web' },
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
      },
      status: { currentReplicas: 1, desiredReplicas: 0, conditions: [{ type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric' }] },
    };
    expect(cells(autoscaler)).toMatchObject({ targets: 'cpu: <unknown>/80%', reference: 'Deployment/web' });
    expect(health(autoscaler)).toEqual({ state: 'high', text: 'FailedGetResourceMetric' });
  });

  it('Event: the newer time fields win over the deprecated ones', () => {
    const event: KindTypes['Event'] = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e' },
      involvedObject: { kind: 'Pod', name: 'web' },
      type: 'Warning',
      lastTimestamp: '2026-01-01T10:00:00Z',
      series: { count: 7, lastObservedTime: '2026-01-01T11:00:00Z' },
    };
    expect(cells(event)).toMatchObject({ lastSeen: '2026-01-01T11:00:00Z', count: 7, object: 'Pod/web' });
  });
});
