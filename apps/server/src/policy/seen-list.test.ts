import type { WatchBatch } from '@quarterdeck/cluster';
import { expect, it } from 'vitest';
import { testPod } from '../testing/memory-cluster.ts';
import { seenList } from './seen-list.ts';
import { Sight } from './sight.ts';

it('tells nobody that something hidden has changed', () => {
  let tell: (batch: WatchBatch) => void = () => undefined;
  const all = [testPod('a', 'shop'), testPod('b', 'other')];
  const list = seenList(
    {
      items: () => all,
      state: 'live',
      error: null,
      asOf: 0,
      subscribe: (listener) => {
        tell = listener;
        return () => undefined;
      },
      release: () => undefined,
    },
    new Sight({ namespaces: ['shop'], kinds: ['Pod'] }),
  );
  const told: WatchBatch[] = [];
  list.subscribe((batch) => told.push(batch));
  expect(list.items().map(({ metadata }) => metadata.name)).toEqual(['a']);
  tell({ upserts: [testPod('b', 'other')], deletes: [] });
  tell({ upserts: [], deletes: [testPod('b', 'other')] });
  expect(told).toEqual([]);
  tell({ upserts: all, deletes: [] });
  tell({ upserts: [], deletes: [] });
  expect(told).toMatchObject([
    { upserts: [{ metadata: { name: 'a' } }], deletes: [] },
    { upserts: [], deletes: [] },
  ]);
});
