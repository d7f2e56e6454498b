import type { KindTypes, KubeObject, TreeNode } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { buildTree } from './build-tree.ts';

const now = Date.parse('2026-01-01T12:00:00Z');

function owned(kind: string, name: string, uid: string): KubeObject['metadata']['ownerReferences'] {
  return [{ apiVersion: 'apps/v1', kind, name, uid, controller: true }];
}

function pod(name: string, state: object, owner?: KubeObject['metadata']['ownerReferences']): KindTypes['Pod'] {
  const waiting = 'waiting' in state;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', uid: name, ...(owner === undefined ? {} : { ownerReferences: owner }) },
    spec: { containers: [{ name: 'app' }] },
    status: { phase: 'Running', containerStatuses: [{ name: 'app', image: '', imageID: '', ready: !waiting, restartCount: 0, state }] },
  };
}

const namespace = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, uid: name } });
const deployment: KindTypes['Deployment'] = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', uid: 'd' },
  spec: { replicas: 2, selector: {}, template: {} },
  status: { readyReplicas: 1 },
};
const replicaSet = (name: string, replicas: number): KindTypes['ReplicaSet'] => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name, namespace: 'shop', uid: name, ownerReferences: owned('Deployment', 'web', 'd') ?? [] },
  spec: { replicas, selector: {} },
});

function outline(nodes: TreeNode[], depth = 0): string[] {
  return nodes.flatMap((node) => [
    `${'  '.repeat(depth)}${node.kind} ${node.label} ${node.state} ${node.stateText}`.trimEnd(),
    ...outline(node.children, depth + 1),
  ]);
}

it('hangs pods under the workload that they belong to, and the worst state rises to the namespace', () => {
  const objects = [
    namespace('empty'),
    namespace('shop'),
    deployment,
    replicaSet('web-2', 2),
    pod('web-2-b', { waiting: { reason: 'CrashLoopBackOff' } }, owned('ReplicaSet', 'web-2', 'web-2')),
    pod('web-2-a', { running: {} }, owned('ReplicaSet', 'web-2', 'web-2')),
    pod('alone', { running: {} }),
  ];
  expect(outline(buildTree(objects, now))).toEqual([
    'Namespace empty healthy Active',
    'Namespace shop critical 1 of 2 unwell',
    '  Pod alone healthy Running',
    '    Container app healthy Running',
    '  Deployment web critical 1/2 ready, CrashLoopBackOff',
    '    Pod web-2-a healthy Running',
    '      Container app healthy Running',
    '    Pod web-2-b critical CrashLoopBackOff',
    '      Container app critical CrashLoopBackOff',
  ]);
});

it('shows what can be read of a namespace whose Deployments can not', () => {
  const objects = [replicaSet('web-2', 2), replicaSet('web-1', 0), pod('web-2-a', { running: {} }, owned('ReplicaSet', 'web-2', 'web-2'))];
  const [shop] = buildTree(objects, now);
  expect(shop?.children.map(({ kind, label }) => `${kind} ${label}`)).toEqual(['ReplicaSet web-2']);
});

it('says what a namespace waits for, and takes pods that ended for history', () => {
  const fresh: KubeObject['metadata'] = { name: 'db', namespace: 'shop', uid: 'db', creationTimestamp: '2026-01-01T11:59:50Z' };
  const statefulSet: KindTypes['StatefulSet'] = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: fresh,
    spec: { replicas: 1, selector: {}, template: {}, serviceName: 'db' },
  };
  const running = pod('web-2-c', { terminated: { exitCode: 1 } }, owned('Deployment', 'web', 'd'));
  const failed: KindTypes['Pod'] = { ...running, status: { ...running.status, phase: 'Failed' } };
  const well: KindTypes['Deployment'] = { ...deployment, status: { readyReplicas: 2 } };
  expect(outline(buildTree([namespace('shop'), statefulSet, well, failed], now)).filter((line) => !line.includes('Container'))).toEqual([
    'Namespace shop pending 1 of 2 pending',
    '  StatefulSet db pending 0/1 ready',
    '  Deployment web healthy 2/2 ready',
    '    Pod web-2-c high ExitCode:1',
  ]);
});
