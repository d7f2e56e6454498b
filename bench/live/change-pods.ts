import { apiOf, type Transport } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import { busyPod, changedStatus, podName, podNamespace } from './busy-pod.ts';
import { openKubeconfig } from './cluster-client.ts';
import { create } from './fill-cluster.ts';

/**
 * Keeps a cluster busy, as a process of its own: `change-pods.ts KUBECONFIG RATE PODS NAMESPACES NODES`. Of twenty changes
 * a second eighteen are of a pod's status, one deletes a pod and one makes it anew. Ends by SIGTERM and then prints
 * `{changes, seconds}`; what the API server can't take is not caught up.
 */
const [kubeconfig = '', ...numbers] = process.argv.slice(2);
const [rate = 0, pods = 0, namespaces = 1, nodes = 1] = numbers.map(Number);
const spread = { namespaces, nodes };
const mostAtOnce = 24;
const tickMs = 50;

const access = await openKubeconfig(kubeconfig);
const api = apiOf(access);
const { signal } = new AbortController();
const startedAt = Date.now();
let changes = 0;
let running = 0;
let due = 0;
let sent = 0;

const timer = setInterval(() => {
  due = Math.min(due + (rate * tickMs) / 1000, mostAtOnce);
  while (due >= 1 && running < mostAtOnce) {
    due -= 1;
    sent += 1;
    running += 1;
    change(sent).then(done, failed);
  }
}, tickMs);

process.on('SIGTERM', () => {
  clearInterval(timer);
  process.stdout.write(`${JSON.stringify({ changes, seconds: (Date.now() - startedAt) / 1000 })}\n`);
  process.exit();
});

function done(): void {
  running -= 1;
  changes += 1;
}

function failed(thrown: unknown): void {
  running -= 1;
  // Between its deletion and its return a pod is missed.
  if (!(thrown instanceof AppError) || thrown.code !== 'NOT_FOUND')
    process.stderr.write(`A change failed: ${thrown instanceof Error ? thrown.message : thrown}\n`);
}

async function change(number: number): Promise<void> {
  // A stride that shares no factor with the usual counts reaches every pod and spreads what comes next to each other.
  const pod = (number * 7919) % pods;
  const collection = `/api/v1/namespaces/${podNamespace(pod, spread)}/pods`;
  if (number % 10 === 0) return replace(api, collection, pod);
  await send(api, `${collection}/${podName(pod)}/status`, 'PATCH', {
    type: 'application/merge-patch+json',
    value: changedStatus(number, new Date().toISOString()),
  });
}

/** Two changes of twenty. */
async function replace(transport: Transport, collection: string, pod: number): Promise<void> {
  await send(transport, `${collection}/${podName(pod)}`, 'DELETE', { type: 'application/json', value: { gracePeriodSeconds: 0 } });
  await create(transport, collection, busyPod(pod, spread), signal);
  changes += 1;
}

async function send(transport: Transport, path: string, method: 'PATCH' | 'DELETE', { type, value }: { type: string; value: unknown }): Promise<void> {
  const verb = method === 'PATCH' ? 'patch' : 'delete';
  await transport.json({
    path,
    method,
    body: { contentType: type, text: JSON.stringify(value) },
    subject: { verb, resource: 'pods', namespace: null },
    signal,
  });
}
