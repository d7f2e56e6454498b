import { describe, expect, it } from 'vitest';
import { ago } from '../testing/index.ts';
import { workloadYaml } from '../testing/workload-yaml.ts';
import { said } from './advised.ts';

const object = (kind: string, name: string, body: string, metadata = '') =>
  `\n---\nkind: ${kind}\nmetadata: {name: ${name}, creationTimestamp: "${ago(200_000)}"${metadata}}\n${body}\n---\n`;
const web = (podSpec = '', container = 'image: w:1') => workloadYaml({ name: 'web', podSpec, container });

describe('what nothing uses', () => {
  it.each([
    ['config-map-unused', object('ConfigMap', 'settings', 'data: {a: b}'), web('volumes: [{name: v, configMap: {name: settings}}]')],
    ['secret-unused', object('Secret', 'settings', 'type: Opaque'), web('volumes: [{name: v, secret: {secretName: settings}}]')],
    ['secret-unused', object('Secret', 'settings', 'type: kubernetes.io/tls'), object('Ingress', 'i', 'spec: {tls: [{secretName: settings}]}')],
    ['service-account-unused', object('ServiceAccount', 'bot', ''), web('serviceAccountName: bot')],
    ['claim-unused', object('PersistentVolumeClaim', 'data', 'status: {phase: Bound}'), web('volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]')],
    [
      'claim-unused',
      object('PersistentVolumeClaim', 'data-db-1', 'status: {phase: Bound}'),
      object('StatefulSet', 'db', 'spec: {replicas: 0, volumeClaimTemplates: [{metadata: {name: data}}]}'),
    ],
  ])('%s: told of it alone, not beside who uses it', (code, unused, user) => {
    expect(said(code, unused)).toHaveLength(1);
    expect(said(code, unused + user)).toEqual([]);
    expect(said(code, unused, { coverage: { CronJob: 'forbidden' } })).toEqual(code === 'role-unused' ? [''] : []);
    expect(said(code, unused.replace(/creationTimestamp: "[^"]+"/, `creationTimestamp: "${ago(60)}"`))).toEqual([]);
  });

  it('is left alone where a program reads it through the API', () => {
    expect(said('config-map-unused', object('ConfigMap', 'kube-root-ca.crt', ''))).toEqual([]);
    expect(said('config-map-unused', object('ConfigMap', 'board', '', ', labels: {grafana_dashboard: "1"}'))).toEqual([]);
    expect(said('secret-unused', object('Secret', 'token', 'type: kubernetes.io/service-account-token'))).toEqual([]);
  });
});

describe('workloads', () => {
  const deployment = (spec: string) =>
    object('Deployment', 'web', `spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: []}}, ${spec}}`);
  const service = object('Service', 'front', 'spec: {selector: {app: web}}');

  it.each([
    ['single-replica', deployment('replicas: 1') + service, deployment('replicas: 2') + service],
    ['single-replica', deployment('replicas: 1') + service, deployment('replicas: 1')],
    [
      'single-replica',
      deployment('replicas: 1') + service,
      deployment('replicas: 1') +
        service +
        object('HorizontalPodAutoscaler', 'h', 'spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 5}'),
    ],
    [
      'rollout-takes-all-down',
      deployment('replicas: 2, strategy: {rollingUpdate: {maxUnavailable: 100%, maxSurge: 0}}'),
      deployment('replicas: 2, strategy: {rollingUpdate: {maxUnavailable: 50%, maxSurge: 0}}'),
    ],
    ['naked-pod', object('Pod', 'lonely', 'spec: {containers: []}'), object('Pod', 'run', 'spec: {restartPolicy: Never, containers: []}')],
    ['naked-pod', object('Pod', 'lonely', 'spec: {containers: []}'), object('Pod', 'over', 'spec: {containers: []}\nstatus: {phase: Succeeded}')],
    [
      'update-waits-for-person',
      object('StatefulSet', 'db', 'spec: {updateStrategy: {type: OnDelete}}\nstatus: {currentRevision: a, updateRevision: b}'),
      object('StatefulSet', 'db', 'spec: {updateStrategy: {type: OnDelete}}\nstatus: {currentRevision: a, updateRevision: a}'),
    ],
    ['config-map-empty', object('ConfigMap', 'none', ''), object('ConfigMap', 'some', 'data: {a: b}')],
    [
      'autoscaler-fixed',
      object('HorizontalPodAutoscaler', 'h', 'spec: {minReplicas: 3, maxReplicas: 3}'),
      object('HorizontalPodAutoscaler', 'h', 'spec: {maxReplicas: 3}'),
    ],
    [
      'quota-near-limit',
      object('ResourceQuota', 'q', 'status: {hard: {pods: "10"}, used: {pods: "9"}}'),
      object('ResourceQuota', 'q', 'status: {hard: {pods: "10"}, used: {pods: "5"}}'),
    ],
    [
      'cronjob-deadline-short',
      object('CronJob', 'c', 'spec: {schedule: "0 1 * * *", startingDeadlineSeconds: 5}'),
      object('CronJob', 'c', 'spec: {schedule: "0 1 * * *", startingDeadlineSeconds: 60}'),
    ],
    [
      'cronjob-may-pile-up',
      object('CronJob', 'c', 'spec: {jobTemplate: {}, schedule: "*/5 * * * *"}'),
      object('CronJob', 'c', 'spec: {jobTemplate: {}, schedule: "*/5 * * * *", concurrencyPolicy: Forbid}'),
    ],
    [
      'volume-released',
      object('PersistentVolume', 'v', 'spec: {persistentVolumeReclaimPolicy: Retain, claimRef: {namespace: shop, name: data}}\nstatus: {phase: Released}'),
      object('PersistentVolume', 'v', 'spec: {persistentVolumeReclaimPolicy: Retain}\nstatus: {phase: Bound}'),
    ],
  ])('%s: told of the first, not of the second', (code, bad, good) => {
    expect(said(code, bad)).toHaveLength(1);
    expect(said(code, good)).toEqual([]);
  });

  it('tells of replicas that share a volume for one', () => {
    const claim = (mode: string) => object('PersistentVolumeClaim', 'data', `spec: {accessModes: [${mode}]}`);
    const shared = deployment('replicas: 2').replace('containers: []', 'containers: [], volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]');
    expect(said('shared-single-writer-claim', shared + claim('ReadWriteOnce'))).toHaveLength(1);
    expect(said('shared-single-writer-claim', shared + claim('ReadWriteMany'))).toEqual([]);
  });

  it('tells of a ConfigMap before the API server refuses it', () => {
    expect(said('config-map-large', object('ConfigMap', 'big', `data: {a: "${'x'.repeat(950 * 1024)}"}`)).join()).toContain('of 1Mi');
  });
});

describe('what concerns the whole cluster', () => {
  const byDefault = (name: string) => object('StorageClass', name, '', ', annotations: {storageclass.kubernetes.io/is-default-class: "true"}');

  it('has one default of each', () => {
    expect(said('storage-class-defaults', byDefault('a') + byDefault('b'))).toEqual(['b is the default as well.', 'a is the default as well.']);
    expect(said('storage-class-defaults', byDefault('a'))).toEqual([]);
    const priority = object('PriorityClass', 'p', 'globalDefault: true\nvalue: 100');
    expect(said('priority-by-default', priority + web())).toEqual(['Every new pod has priority 100, more than some that run.']);
    expect(said('priority-by-default', priority)).toEqual([]);
  });

  const node = (version: string, allocatable = '{cpu: "4", memory: 8Gi, pods: "110"}') =>
    object('Node', 'node-1', `status: {nodeInfo: {kubeletVersion: ${version}}, allocatable: ${allocatable}}`);

  it('knows which kubelets go with which API server', () => {
    expect(said('node-version-skew', node('v1.31.2'), { version: 'v1.35.0' })).toHaveLength(1);
    expect(said('node-version-skew', node('v1.36.0'), { version: 'v1.35.0+k3s1' })).toHaveLength(1);
    expect(said('node-version-skew', node('v1.32.0'), { version: 'v1.35.0' })).toEqual([]);
    expect(said('node-version-skew', node('v1.20.0'))).toEqual([]);
    expect(said('node-version-ended', node('v1.31.2'))).toEqual(['v1.31.2 has had no patches since 2025-10-28.']);
    expect(said('node-version-ended', node('v1.35.2'))).toEqual([]);
  });

  it('tells of a node that is full, by what its pods request', () => {
    const pods = web('', 'image: w:1\nresources: {requests: {cpu: 900m}}');
    expect(said('node-almost-full', pods + node('v1.35.0', '{cpu: 930m, memory: 8Gi, pods: "110"}'))).toEqual(['900m of 930m cpu is requested.']);
    expect(said('node-almost-full', pods + node('v1.35.0', '{cpu: "4", memory: 8Gi, pods: "1"}'))).toEqual(['1 of 1 pods.']);
    expect(said('node-almost-full', pods + node('v1.35.0'))).toEqual([]);
    expect(said('node-almost-full', pods + node('v1.35.0', '{pods: "1"}'), { scope: ['shop'] })).toEqual([]);
  });

  it('tells of a node that was forgotten in its cordon', () => {
    const cordoned = (since: string) =>
      object('Node', 'a', `spec: {unschedulable: true, taints: [{key: node.kubernetes.io/unschedulable, effect: NoSchedule, timeAdded: "${since}"}]}`);
    expect(said('node-cordoned', cordoned('2026-05-01T00:00:00Z'))).toEqual(['It takes no new pods since 2026-05-01.']);
    expect(said('node-cordoned', cordoned(ago(600)))).toEqual([]);
  });

  it('tells who still writes a removed API version', () => {
    const written = (apiVersion: string) => object('PodDisruptionBudget', 'b', '', `, managedFields: [{manager: helm, apiVersion: ${apiVersion}}]`);
    expect(said('api-deprecated', written('policy/v1beta1'))).toEqual(['helm wrote it as policy/v1beta1, removed in 1.25; policy/v1 takes its place.']);
    expect(said('api-deprecated', written('policy/v1'))).toEqual([]);
  });
});

describe('what is between workloads', () => {
  const pods = (name: string, port: number) =>
    workloadYaml({ name, container: `image: x:1\nports: [{containerPort: ${port}}]` }).replaceAll(`{app: ${name}`, `{tier: all, app: ${name}`);
  const service = object('Service', 'all', 'spec: {selector: {tier: all}}');

  it('tells of a Service whose pods listen on different ports', () => {
    expect(said('service-selects-several', pods('web', 80) + pods('db', 5432) + service)).toEqual(['It selects db (5432) and web (80).']);
    expect(said('service-selects-several', pods('web', 80) + pods('canary', 80) + service)).toEqual([]);
  });

  const policy = (spec: string) => object('NetworkPolicy', 'p', `spec: ${spec}`);
  const namespace = object('Namespace', 'shop', '');

  it('tells of policies that are for nobody or let nobody in', () => {
    expect(said('network-policy-matches-nothing', policy('{podSelector: {matchLabels: {app: gone}}}'))).toHaveLength(1);
    expect(said('network-policy-matches-nothing', policy('{podSelector: {matchExpressions: [{key: app, operator: In, values: [web]}]}}') + web())).toEqual([]);
    expect(said('network-policy-matches-nothing', policy('{podSelector: {}}'))).toEqual([]);
    const from = (peer: string) => policy(`{podSelector: {}, ingress: [{from: [${peer}]}]}`) + web() + namespace;
    expect(said('network-policy-peer-matches-nothing', from('{namespaceSelector: {matchLabels: {team: x}}}'))).toEqual([
      'No namespace has the labels of its namespaceSelector.',
    ]);
    expect(said('network-policy-peer-matches-nothing', from('{podSelector: {matchLabels: {app: gone}}}'))).toEqual([
      'No pod of namespace shop has the labels of its podSelector.',
    ]);
    expect(said('network-policy-peer-matches-nothing', from('{podSelector: {matchLabels: {app: web}}}'))).toEqual([]);
    expect(said('network-policy-peer-matches-nothing', from('{ipBlock: {cidr: 10.0.0.0/8}}'))).toEqual([]);
  });

  const webhook = (kind: string, more: string) =>
    object(
      kind,
      'guard',
      `webhooks: [{name: guard.shop.io, clientConfig: {service: {namespace: shop, name: guard}}, rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]${more}}]`,
    );

  it('tells of webhooks that stand in their own way, or may hold up everything', () => {
    expect(said('webhook-guards-itself', webhook('ValidatingWebhookConfiguration', '') + namespace).join()).toContain('guard.shop.io');
    expect(said('webhook-guards-itself', webhook('ValidatingWebhookConfiguration', ', failurePolicy: Ignore') + namespace)).toEqual([]);
    const excluded = ', namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [shop]}]}';
    expect(said('webhook-guards-itself', webhook('ValidatingWebhookConfiguration', excluded) + namespace)).toEqual([]);
    expect(said('webhooks-may-time-out', webhook('MutatingWebhookConfiguration', ', timeoutSeconds: 30')).join()).toContain('30 s');
    expect(said('webhooks-may-time-out', webhook('MutatingWebhookConfiguration', ''))).toEqual([]);
  });
});
