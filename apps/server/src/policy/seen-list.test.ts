import type { WatchBatch } from '@quarterdeck/cluster';
import type { KubeObject } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { type LiveList, untilRead } from '../clusters/live-list.ts';
import { testPod } from '../testing/memory-cluster.ts';
import { seenList } from './seen-list.ts';
import { Sight } from './sight.ts';

const sight = new Sight({ namespaces: ['shop'], kinds: ['Pod'] });

/** A list that says what it is told to say. */
function spokenList(items: KubeObject[]) {
  const listeners: ((batch: WatchBatch) => void)[] = [];
  const status: { state: LiveList['state']; error: null; asOf: number | null } = { state: 'connecting', error: null, asOf: null };
  const list: LiveList = {
    items: () => items,
    get state() {
      return status.state;
    },
    error: null,
    get asOf() {
      return status.asOf;
    },
    subscribe: (listener) => {
      listeners.push(listener);
      return () => undefined;
    },
    release: () => undefined,
  };
  return { list, status, tell: (upserts: KubeObject[], deletes: KubeObject[] = []) => listeners.forEach((listen) => void listen({ upserts, deletes })) };
}

it('tells nobody that something hidden has changed', () => {
  const all = [testPod('a', 'shop'), testPod('b', 'other')];
  const { list, status, tell } = spokenList(all);
  Object.assign(status, { state: 'live', asOf: 0 });
  const seen = seenList(list, sight);
  const told: WatchBatch[] = [];
  seen.subscribe((batch) => told.push(batch));
  expect(seen.items().map(({ metadata }) => metadata.name)).toEqual(['a']);
  tell([testPod('b', 'other')]);
  tell([], [testPod('b', 'other')]);
  expect(told).toEqual([]);
  tell(all);
  tell([]);
  expect(told).toMatchObject([
    { upserts: [{ metadata: { name: 'a' } }], deletes: [] },
    { upserts: [], deletes: [] },
  ]);
});

it('tells that it was read, also where there is nothing in it to see', async () => {
  const hidden = [testPod('b', 'other')];
  const { list, status, tell } = spokenList(hidden);
  const read = untilRead(seenList(list, sight), AbortSignal.timeout(1_000));
  Object.assign(status, { state: 'live', asOf: 0 });
  tell(hidden);
  await expect(read).resolves.toBeUndefined();
});
