import type { Transport } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import { busyPod, podNamespace, type Spread } from './busy-pod.ts';

/** The transport has twelve connections for requests. */
const atOnce = 12;

/** Makes `count` pods and waits for those that play them. Objects that are there already stay. */
export async function fillCluster(api: Transport, count: number, spread: Spread, signal: AbortSignal): Promise<void> {
  const ready = (path: string) => api.json({ path, subject: { verb: 'get', resource: path, namespace: null }, signal });
  for (let number = 0; number < Math.min(spread.namespaces, count); number += 1) {
    const name = podNamespace(number, spread);
    await create(api, '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, signal);
  }
  // Pods are refused until their namespace has its service account.
  for (let number = 0; number < Math.min(spread.namespaces, count); number += 1)
    await eventually(() => ready(`/api/v1/namespaces/${podNamespace(number, spread)}/serviceaccounts/default`), signal);
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) {
        const number = next++;
        await create(api, `/api/v1/namespaces/${podNamespace(number, spread)}/pods`, busyPod(number, spread), signal);
      }
    }),
  );
}

export async function create(api: Transport, path: string, object: unknown, signal: AbortSignal): Promise<void> {
  try {
    const body = { contentType: 'application/json', text: JSON.stringify(object) };
    await api.json({ path, method: 'POST', body, subject: { verb: 'create', resource: path, namespace: null }, signal });
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'CONFLICT') throw thrown;
  }
}

/** Tries for twenty seconds. */
export async function eventually(task: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await task();
      return;
    } catch (thrown) {
      if (attempt === 100) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 200));
      signal.throwIfAborted();
    }
  }
}
