import type { Transport } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { busyPod, podName, podNamespace, type Spread } from './busy-pod.ts';

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
  const there = await existingNames(api, signal);
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) {
        const number = next++;
        if (there.has(podName(number))) continue;
        await create(api, `/api/v1/namespaces/${podNamespace(number, spread)}/pods`, busyPod(number, spread), signal);
      }
    }),
  );
}

const pageSchema = z.object({
  metadata: z.object({ continue: z.string().optional() }),
  items: z.array(z.object({ metadata: z.object({ name: z.string() }) })),
});

async function existingNames(api: Transport, signal: AbortSignal): Promise<Set<string>> {
  const names = new Set<string>();
  const subject = { verb: 'list' as const, resource: 'pods', namespace: null };
  let token: string | undefined;
  do {
    const query = { limit: '500', ...(token === undefined ? {} : { continue: token }) };
    const page = pageSchema.parse(await api.json({ path: '/api/v1/pods', query, subject, signal }));
    for (const { metadata } of page.items) names.add(metadata.name);
    token = page.metadata.continue || undefined;
  } while (token !== undefined);
  return names;
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
