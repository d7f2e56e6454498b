import { describe, expect, it } from 'vitest';
import { runDiagnosis } from '../testing/index.ts';
import { readyStatus, workloadYaml } from '../testing/workload-yaml.ts';

function pending(message: string): string {
  return `
phase: Pending
conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, lastTransitionTime: "2026-05-04T11:50:00Z", message: ${JSON.stringify(`0/1 nodes are available: ${message}.`)}}]`;
}

interface NodeOptions {
  labels?: string;
  spec?: string;
  allocatable?: string;
}

const node = (name: string, { labels = '', spec = '{}', allocatable = '' }: NodeOptions = {}) => `
kind: Node
metadata: {name: ${name}, labels: {kubernetes.io/hostname: ${name}${labels === '' ? '' : `, ${labels}`}}}
spec: ${spec}
status: {allocatable: {cpu: "4", memory: 8Gi, pods: "110"${allocatable}}, capacity: {cpu: "4"}, conditions: [{type: Ready, status: "True"}]}
---
`;

interface Asked {
  message: string;
  container?: string;
  podSpec?: string;
  replicas?: number;
}

const asking = ({ message, container = 'image: app:1', podSpec = '', replicas = 1 }: Asked) =>
  workloadYaml({ name: 'api', container, podSpec, status: pending(message), nodeName: null }).replace(
    'replicas: 1\n  selector',
    `replicas: ${replicas}\n  selector`,
  );

async function outcomes(yaml: string) {
  const { incidents } = await runDiagnosis(yaml);
  return incidents.map(({ cause, mechanism, confidence, sentence }) => ({ cause: `${cause.kind}/${cause.name}`, mechanism, confidence, sentence }));
}

describe('nodes that are too small, full or without the resource', () => {
  it('measures against the nodes that come into question, not against the largest of all', async () => {
    const tainted = node('big', { spec: '{taints: [{key: dedicated, value: db, effect: NoSchedule}]}' }).replace('cpu: "4", memory', 'cpu: "64", memory');
    const yaml = asking({ message: '1 Insufficient cpu, 1 node(s) had untolerated taint(s)', container: 'image: app:1\nresources: {requests: {cpu: "8"}}' });
    const [outcome, ...others] = await outcomes(yaml + node('small') + tainted);
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'request-exceeds-nodes', confidence: 'certain' });
    expect(outcome?.sentence).toContain('has 4 allocatable');
    expect(others).toEqual([]);
  });

  it('names a resource that no node offers, with what it is called there', async () => {
    const yaml = asking({ message: '1 Insufficient nvidia.com/gpus', container: 'image: app:1\nresources: {limits: {nvidia.com/gpus: "1"}}' });
    const [outcome] = await outcomes(yaml + node('a', { allocatable: ', nvidia.com/gpu: "1"' }));
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'resource-not-offered' });
    expect(outcome?.sentence).toContain('nodes offer nvidia.com/gpu');
  });

  it('names the LimitRange whose default is the request', async () => {
    const yaml = asking({ message: '1 Insufficient cpu' }).replace(/(kind: Pod[\s\S]*?image: app:1)/, '$1\n      resources: {requests: {cpu: "6"}}');
    const range = 'kind: LimitRange\nmetadata: {name: defaults}\nspec: {limits: [{type: Container, defaultRequest: {cpu: "6"}}]}\n---\n';
    expect(await outcomes(yaml + node('a') + range)).toMatchObject([{ cause: 'LimitRange/defaults', mechanism: 'default-request-exceeds-nodes' }]);
  });

  it('says who holds what is missing', async () => {
    const batch = workloadYaml({ name: 'batch', container: 'image: b:1\nresources: {requests: {cpu: "3"}}', nodeName: 'a' });
    const yaml = asking({ message: '1 Insufficient cpu', container: 'image: app:1\nresources: {requests: {cpu: "2"}}' });
    const [outcome] = await outcomes(yaml + batch + node('a'));
    expect(outcome?.sentence).toContain('at most 1 of it is free; Deployment shop/batch (3 in 1 pod) requests most of it');
  });

  it('names the node that may hold no more pods', async () => {
    const full = node('a').replace('pods: "110"', 'pods: "1"') + workloadYaml({ name: 'other', nodeName: 'a' });
    expect(await outcomes(asking({ message: '1 Too many pods' }) + full)).toMatchObject([{ cause: 'Node/a', mechanism: 'node-pods-full' }]);
  });

  it('names the PriorityClass that is everybody’s default and displaced a pod, else the workload that did', async () => {
    const winner = workloadYaml({ name: 'greedy', podSpec: 'priorityClassName: urgent\npriority: 1000000', nodeName: 'a' }).replaceAll(
      'kind: Pod\nmetadata:',
      'kind: Pod\nmetadata:\n  uid: 0f0f0f0f-0000-4000-8000-0123456789ab',
    );
    const event = `
kind: Event
metadata: {name: e1}
involvedObject: {apiVersion: v1, kind: Pod, namespace: shop, name: api-5f4d-old, uid: gone}
reason: Preempted
message: Preempted by pod 0f0f0f0f-0000-4000-8000-0123456789ab on node a
lastTimestamp: "2026-05-04T11:50:00Z"
---
`;
    const yaml = asking({ message: '1 Insufficient cpu', container: 'image: app:1\nresources: {requests: {cpu: "2"}}' }) + winner + node('a') + event;
    const priorityClass = (isDefault: boolean) => `kind: PriorityClass\nmetadata: {name: urgent}\nvalue: 1000000\nglobalDefault: ${isDefault}\n---\n`;
    expect(await outcomes(yaml + priorityClass(true))).toMatchObject([{ cause: 'PriorityClass/urgent', mechanism: 'priority-class-is-default' }]);
    expect(await outcomes(yaml + priorityClass(false))).toMatchObject([
      { cause: 'Deployment/greedy', mechanism: 'preempted-by-priority', confidence: 'certain' },
    ]);
  });
});

describe('labels, taints and names of nodes', () => {
  it('finds the key that was meant, and demands that no node meets together', async () => {
    const message = "1 node(s) didn't match Pod's node affinity/selector";
    const [misspelt] = await outcomes(asking({ message, podSpec: 'nodeSelector: {disk-type: ssd}' }) + node('a', { labels: 'disktype: ssd' }));
    expect(misspelt?.sentence).toContain('no node carries the label disk-type at all, they carry disktype');
    const both = asking({ message, podSpec: 'nodeSelector: {zone: a, disk: ssd}' });
    const [together] = await outcomes(both + node('a', { labels: 'zone: a, disk: hdd' }) + node('b', { labels: 'zone: b, disk: ssd' }));
    expect(together).toMatchObject({ mechanism: 'node-selectors-contradict', confidence: 'certain' });
  });

  it('does not blame one of several alternatives', async () => {
    const affinity = `affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [x]}]}, {matchExpressions: [{key: disk, operator: In, values: [ssd]}]}]}}}`;
    const yaml = asking({ message: '1 node(s) had untolerated taint {dedicated: db}', podSpec: affinity });
    const tainted = node('a', { labels: 'disk: ssd', spec: '{taints: [{key: dedicated, value: db, effect: NoSchedule}]}' });
    expect(await outcomes(yaml + tainted)).toMatchObject([{ mechanism: 'node-tainted' }]);
  });

  it.each<[string, string]>([
    ['{key: dedicated, operator: Equal, value: gpus, effect: NoSchedule}', 'value'],
    ['{key: dedicatd, operator: Equal, value: gpu, effect: NoSchedule}', 'key'],
    ['{key: dedicated, operator: Equal, value: gpu, effect: NoExecute}', 'effect'],
    ['{key: dedicated, effect: NoSchedule}', 'operator'],
  ])('names a toleration that almost fits: %s', async (toleration, differs) => {
    const yaml = asking({ message: '1 node(s) had untolerated taint(s)', podSpec: `tolerations: [${toleration}]` });
    const [outcome] = await outcomes(yaml + node('a', { spec: '{taints: [{key: dedicated, value: gpu, effect: NoSchedule}]}' }));
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'toleration-mismatch', confidence: 'certain' });
    expect(outcome?.sentence).toContain(`the taint dedicated=gpu:NoSchedule: the ${differs} differs`);
  });

  it('names the node whose taint nobody tolerates, and the workload where others live with it', async () => {
    const tainted = node('a', { spec: '{taints: [{key: maintenance, effect: NoSchedule}]}' });
    const yaml = asking({ message: '1 node(s) had untolerated taint(s)' }) + tainted;
    expect(await outcomes(yaml)).toMatchObject([{ cause: 'Node/a', mechanism: 'node-tainted' }]);
    const settled = workloadYaml({ name: 'db', podSpec: 'tolerations: [{key: maintenance, operator: Exists}]', nodeName: 'a' });
    expect(await outcomes(yaml + settled)).toMatchObject([{ cause: 'Deployment/api', mechanism: 'taint-not-tolerated' }]);
  });

  it('names a nodeName that does not exist, and is silent about a pod whose node has just gone', async () => {
    const bound = workloadYaml({ name: 'api', podSpec: 'nodeName: worker-9', status: 'phase: Pending', nodeName: null });
    const [outcome, ...others] = await outcomes(bound + node('worker-1'));
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'node-name-missing', confidence: 'certain' });
    expect(outcome?.sentence).toContain('there is worker-1');
    expect(others).toEqual([]);
    const { findings } = await runDiagnosis(workloadYaml({ name: 'api', status: 'phase: Pending', nodeName: 'worker-9' }) + node('worker-1'));
    expect(findings.filter(({ code }) => code === 'pod-on-missing-node')).toEqual([]);
  });

  it('names a gate that stands in the template', async () => {
    const gated = workloadYaml({ name: 'api', podSpec: 'schedulingGates: [{name: example.com/licence}]', status: 'phase: Pending', nodeName: null });
    const [outcome] = await outcomes(gated);
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'scheduling-gate-closed', confidence: 'certain' });
    expect(outcome?.sentence).toContain('example.com/licence (spec.schedulingGates of its own template)');
  });
});

const antiAffinity = (app: string) =>
  `affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: ${app}}}}]}}`;
const second = (yaml: string) => `
kind: Pod
metadata:
  name: api-5f4d-x0
  labels: {app: api, pod-template-hash: 5f4d}
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: api-5f4d, controller: true}]
spec: {nodeName: a, containers: [{name: app, image: app:1${yaml}}]}
status: ${JSON.stringify({ phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] })}
---
`;

describe('places that only one pod can have', () => {
  it('tells replicas without a place from a rollout without room', async () => {
    const message = "1 node(s) didn't match pod anti-affinity rules";
    const three = asking({ message, podSpec: antiAffinity('api'), replicas: 3 });
    const [outcome] = await outcomes(three + second('') + node('a'));
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'replicas-exceed-places', confidence: 'certain' });
    expect(outcome?.sentence).toMatch(/wants 3 pods .*no pod with app=api shares their kubernetes.io\/hostname.* no more than 1 of its pods can run/);
    expect(await outcomes(asking({ message, podSpec: antiAffinity('api') }) + second('') + node('a'))).toMatchObject([{ mechanism: 'rollout-needs-room' }]);
  });

  it('names who holds a host port', async () => {
    const yaml = asking({
      message: "1 node(s) didn't have free ports for the requested pod ports",
      container: 'image: app:1\nports: [{containerPort: 80, hostPort: 8080}]',
    });
    const holder = workloadYaml({ name: 'proxy', container: 'image: p:1\nports: [{containerPort: 8080, hostPort: 8080}]', nodeName: 'a' });
    const [outcome] = await outcomes(yaml + holder + node('a'));
    expect(outcome).toMatchObject({ cause: 'Deployment/api', mechanism: 'place-taken', confidence: 'certain' });
    expect(outcome?.sentence).toContain(
      'host port 8080, which only one pod a node can have, and on every node that could take them stands Pod proxy-5f4d-x1 of Deployment proxy',
    );
  });

  it('names the workload whose own rule keeps others away', async () => {
    const yaml = asking({ message: "1 node(s) didn't satisfy existing pods anti-affinity rules" });
    const lonely = workloadYaml({ name: 'lonely', podSpec: antiAffinity('api'), nodeName: 'a' });
    expect(await outcomes(yaml + lonely + node('a'))).toMatchObject([{ cause: 'Deployment/lonely', mechanism: 'kept-away-by-anti-affinity' }]);
  });

  it('says over what pods cannot be spread, and beside whom they cannot stand', async () => {
    const spread = (key: string) =>
      `topologySpreadConstraints: [{topologyKey: ${key}, maxSkew: 1, minDomains: 2, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: api}}}]`;
    const message = "1 node(s) didn't match pod topology spread constraints";
    const [label] = await outcomes(
      asking({ message: `${message} (missing required label)`, podSpec: spread('topology.kubernetes.io/zones') }) +
        node('a', { labels: 'topology.kubernetes.io/zone: z1' }),
    );
    expect(label).toMatchObject({ mechanism: 'topology-spread-unmet', confidence: 'certain' });
    expect(label?.sentence).toContain('no node has the label topology.kubernetes.io/zones (nodes have topology.kubernetes.io/zone)');
    const affinity =
      'affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: cachee}}}]}}';
    const [beside] = await outcomes(
      asking({ message: "1 node(s) didn't match pod affinity rules", podSpec: affinity }) +
        workloadYaml({ name: 'cache', status: readyStatus, nodeName: 'a' }) +
        node('a'),
    );
    expect(beside).toMatchObject({ mechanism: 'pod-affinity-unmet' });
    expect(beside?.sentence).toContain('there are pods with app=cache');
  });
});
