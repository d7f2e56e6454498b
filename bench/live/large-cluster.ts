import { setTimeout as delay } from 'node:timers/promises';
import { apiOf, type ClusterAccess } from '@quarterdeck/cluster';
import * as z from 'zod';
import type { BenchContext, BenchOption } from '../bench.ts';
import { runChild } from '../harness/children.ts';
import { type SandboxCluster, startSandbox } from '../harness/sandbox-cluster.ts';
import { openKubeconfig } from './cluster-client.ts';
import { fillCluster } from './fill-cluster.ts';

/** Pods are played within seconds of being made. */
const longestStartMs = 60_000;

/** How large the cluster is and how busy. */
export const largeClusterOptions: Readonly<Record<'pods' | 'nodes' | 'namespaces' | 'changes' | 'keep', BenchOption>> = {
  pods: { type: 'number', default: '30000', summary: 'how many pods' },
  nodes: { type: 'number', default: '1000', summary: 'how many nodes' },
  namespaces: { type: 'number', default: '100', summary: 'how many namespaces the pods are in' },
  changes: { type: 'number', default: '200', summary: 'changes of pods a second' },
  keep: { type: 'switch', default: 'false', summary: 'leave the cluster and its pods up for the next run' },
};

/** A control plane of the bench's own with its played nodes and pods. */
export async function startLargeCluster(context: BenchContext): Promise<SandboxCluster & { access: ClusterAccess }> {
  const cluster = await startSandbox(context, 'bench-live', { playedNodes: context.number('nodes'), addons: true, keep: context.isOn('keep') });
  const access = await openKubeconfig(cluster.kubeconfig);
  context.cleanup.add(() => access.close());
  await fill(context, access);
  return { ...cluster, access };
}

async function fill(context: BenchContext, access: ClusterAccess): Promise<void> {
  const pods = context.number('pods');
  context.tell(`making ${pods} pods`);
  const from = performance.now();
  await fillCluster(apiOf(access), pods, { namespaces: context.number('namespaces'), nodes: context.number('nodes') }, context.signal);
  context.tell(`made after ${Math.round((performance.now() - from) / 1000)} s; waiting until they run`);
  // One that kwok gave up on is a row like any other.
  const until = performance.now() + longestStartMs;
  while (performance.now() < until && (await hasPods(access, 'status.phase=Pending', context.signal))) await delay(1000, undefined, { signal: context.signal });
}

const listSchema = z.object({ items: z.array(z.unknown()) });

async function hasPods(access: ClusterAccess, fieldSelector: string, signal: AbortSignal): Promise<boolean> {
  const subject = { verb: 'list' as const, resource: 'pods', namespace: null };
  return listSchema.parse(await apiOf(access).json({ path: '/api/v1/pods', query: { limit: '1', fieldSelector }, subject, signal })).items.length > 0;
}

export async function buildWebApp({ cleanup, tell }: BenchContext): Promise<void> {
  tell('building the web app');
  const { code } = await runChild(cleanup, 'npm', ['run', '--silent', 'build:web']);
  if (code !== 0) throw new Error('The web app could not be built: see above.');
}
