import { once } from 'node:events';
import { AppError, type BuiltInKind, builtInKinds, type DrainEvent, drainOptionsSchema, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { unrecorded } from '../../acts/record-act.ts';
import type { Transport } from '../../transport/transport.ts';
import type { WatchClock } from '../../watch/watch-clock.ts';
import type { ChangeAccess } from '../resolve-change.ts';
import { startDrain } from './drain-node.ts';

const kinds = (['Node', 'Pod', 'PodDisruptionBudget'] satisfies BuiltInKind[]).map(
  (kind): ResourceKind => ({ ...builtInKinds[kind], kind, plural: `${kind.toLowerCase()}s`, shortNames: [], group: 'cluster', verbs: ['list', 'watch'] }),
);
const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'r', controller: true };
const pod: KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1', namespace: 'shop', uid: 'u1', ownerReferences: [owner] } };
const node: KubeObject = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'one' } };

/** A cluster of one node with one pod that stays. `refuse` throws for the requests that shall fail. */
function cluster(refuse: (path: string) => void): ChangeAccess {
  const unused = () => Promise.reject(new Error('not used here'));
  const json: Transport['json'] = async ({ path }) => {
    refuse(path);
    return node;
  };
  return {
    id: 'test',
    api: { json, text: unused, stream: unused, bytes: unused, socket: unused, relay: unused, close: async () => undefined },
    kinds: async () => kinds,
    get: unused,
    async *list(kind) {
      yield { items: kind.kind === 'Pod' ? [pod] : [], resourceVersion: '1' };
    },
    async *watch(_kind, { signal }) {
      if (!signal.aborted) await once(signal, 'abort');
      yield { type: 'bookmark', resourceVersion: '1' };
    },
  };
}

/** Retries never come; the deadline comes at once. */
const clock: WatchClock = {
  now: () => 0,
  random: () => 0,
  sleep: (milliseconds, signal) =>
    milliseconds === 60_000
      ? Promise.resolve()
      : new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new AppError('CANCELLED', 'cancelled')), { once: true })),
};

async function drain(refuse: (path: string) => void, options: object = {}): Promise<DrainEvent[]> {
  const { signal } = new AbortController();
  return collect(await startDrain(cluster(refuse), 'one', drainOptionsSchema.parse(options), { acts: unrecorded, signal, clock }));
}

async function collect(events: AsyncIterable<DrainEvent>): Promise<DrainEvent[]> {
  const all: DrainEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const blocking = (path: string) => {
  if (path.endsWith('/eviction')) throw new AppError('RATE_LIMITED', 'The disruption budget web needs 1 healthy pods and has 1 currently.');
};

describe('a drain that does not come to its end', () => {
  it('gives up after its time, and says what is left', async () => {
    const events = await drain(blocking, { timeoutSeconds: 60 });
    expect(events.at(-1)).toMatchObject({ type: 'failed', message: expect.stringMatching(/longer than 60 s.*stays cordoned/), left: [{ name: 'web-1' }] });
  });

  it('tells the pod that could not be evicted, and goes on with the others', async () => {
    const forbidden = (path: string) => {
      if (path.endsWith('/eviction')) throw new AppError('FORBIDDEN', 'You may not create pods/eviction.');
    };
    expect(await drain(forbidden)).toMatchObject([
      { type: 'cordoned', already: false },
      { type: 'evicting' },
      { type: 'podFailed', error: { code: 'FORBIDDEN' } },
      { type: 'failed', message: expect.stringContaining('1 of 1 pods') },
    ]);
  });

  it('does not claim that the node is cordoned where it is not', async () => {
    let asked = 0;
    const events = await drain((path) => {
      if (path.endsWith('/nodes/one') && ++asked > 1) throw new AppError('FORBIDDEN', 'You may not patch nodes one.');
    });
    expect(events).toMatchObject([{ type: 'failed', message: 'You may not patch nodes one. The node was not cordoned.' }]);
  });
});
