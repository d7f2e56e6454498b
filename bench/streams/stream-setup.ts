import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { apiOf, type ClusterAccess } from '@quarterdeck/cluster';
import * as z from 'zod';
import type { BenchContext } from '../bench.ts';
import { root, runChild } from '../harness/children.ts';
import { openKubeconfig } from '../live/cluster-client.ts';
import { create, eventually } from '../live/fill-cluster.ts';

export const logLines = 50_000;
/** Of a line, without its end. */
export const lineBytes = 110;
export const fileMegabytes = 64;

export interface StreamSetup {
  context: BenchContext;
  access: ClusterAccess;
  kubeconfig: string;
  kubectl: string;
  namespace: string;
  pod: string;
  /** A folder on this machine that ends with the bench. */
  folder: string;
  /** Runs kubectl or qd on the pod's namespace; what it prints is dropped. Rejects where it fails. */
  run(program: 'kubectl' | 'qd', ...args: string[]): Promise<void>;
}

const script = [
  `dd if=/dev/urandom of=/data/large bs=1M count=${fileMegabytes} 2>/dev/null`,
  'echo tiny > /data/tiny',
  `awk 'BEGIN { for (i = 0; i < ${logLines}; i++) printf "%0${lineBytes}d\\n", i }'`,
  'exec httpd -f -p 8080 -h /data',
].join(' && ');

const podSchema = z.object({ status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]) }) });

/** A pod that has written its log, holds two files and serves them by HTTP. */
export async function setUpStreams(context: BenchContext, kubeconfig: string, kubectl: string): Promise<StreamSetup> {
  const access = await openKubeconfig(kubeconfig);
  context.cleanup.add(() => access.close());
  const namespace = `bench-streams-${process.pid}`;
  await startPod(context, access, namespace);
  const folder = await mkdtemp(path.join(tmpdir(), 'quarterdeck-streams-'));
  context.cleanup.add(() => rm(folder, { recursive: true, force: true }));
  const programs = { kubectl: [kubectl], qd: [process.execPath, path.join(root, 'bin', 'qd.js')] };
  const run = async (name: 'kubectl' | 'qd', ...args: string[]) => {
    const [program = '', ...first] = programs[name];
    const [command = '', ...rest] = args;
    const options = { env: { ...process.env, KUBECONFIG: kubeconfig }, stdio: ['ignore', 'pipe', 'ignore'] as ['ignore', 'pipe', 'ignore'] };
    const { code } = await runChild(context.cleanup, program, [...first, command, '-n', namespace, ...rest], options);
    if (code !== 0) throw new Error(`${name} ${args.join(' ')} ended with code ${code}.`);
  };
  return { context, access, kubeconfig, kubectl, namespace, pod: 'streams', folder, run };
}

async function startPod(context: BenchContext, access: ClusterAccess, namespace: string): Promise<void> {
  const { signal } = context;
  const api = apiOf(access);
  const subject = { verb: 'delete' as const, resource: 'namespaces', namespace: null };
  await create(api, '/api/v1/namespaces', { metadata: { name: namespace } }, signal);
  context.cleanup.add(() => api.json({ path: `/api/v1/namespaces/${namespace}`, method: 'DELETE', subject, signal: AbortSignal.timeout(30_000) }));
  const container = {
    name: 'main',
    image: 'docker.io/local/busybox:1',
    command: ['sh', '-c', script],
    readinessProbe: { httpGet: { path: '/tiny', port: 8080 }, periodSeconds: 1 },
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
  };
  const spec = { terminationGracePeriodSeconds: 0, containers: [container], volumes: [{ name: 'data', emptyDir: {} }] };
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  context.tell('starting the pod that is read from');
  // Pods are refused until their namespace has its service account.
  await eventually(() => create(api, pods, { metadata: { name: 'streams' }, spec }, signal), signal);
  const ready = async () => {
    const pod = podSchema.parse(await api.json({ path: `${pods}/streams`, subject: { verb: 'get', resource: 'pods', namespace }, signal }));
    return pod.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  };
  for (let attempt = 0; !(await ready()); attempt += 1) {
    if (attempt === 240) throw new Error('The pod was not ready within two minutes.');
    await delay(500, undefined, { signal });
  }
}
