import type { KubeObject, ResourceKind } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { openCluster } from '../access/open-cluster.ts';
import { findKind } from '../discovery/find-kind.ts';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { configMap } from '../testing/fake-responses.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { WatchHub } from './watch-hub.ts';
import type { WatchedList } from './watched-list.ts';

let server: FakeApiServer;
let access: ClusterAccess;
let clock: ManualClock;
let hub: WatchHub;
let kind: ResourceKind;

beforeEach(async () => {
  server = new FakeApiServer();
  access = await openCluster(await server.start());
  clock = new ManualClock();
  hub = new WatchHub(access, clock);
  kind = findKind(await access.kinds(new AbortController().signal), 'cm');
  server.put(configMap('shop', 'a'));
  server.put(configMap('shop', 'b'));
});
afterEach(async () => {
  await hub.close();
  await access.close();
  await server.stop();
});

const names = (list: WatchedList) => [...list.objects.values()].map((object) => object.metadata.name).sort();
const until = (condition: () => unknown) => vi.waitFor(() => expect(condition()).toBe(true), { timeout: 3000, interval: 5 });
/** Back-offs and batches pass as soon as somebody waits for them. */
const untilWithTime = (condition: () => unknown) =>
  until(() => {
    clock.advance(30_000);
    return condition();
  });
const watching = () => until(() => server.openWatches === 1);
const lists = () => server.requests.filter((request) => request.includes('/configmaps') && !request.includes('watch=')).length;

/** What a reader knows who applies every batch, deletes first. */
function follow(list: WatchedList): { names(): string[]; deletes: string[]; upserts: string[] } {
  const known = new Map<string, KubeObject>();
  const seen = { deletes: [] as string[], upserts: [] as string[], names: () => [...known.values()].map((object) => object.metadata.name).sort() };
  list.subscribe(({ upserts, deletes }) => {
    for (const object of deletes) known.delete(object.metadata.uid ?? '');
    for (const object of upserts) known.set(object.metadata.uid ?? '', object);
    seen.deletes.push(...deletes.map((object) => object.metadata.name));
    seen.upserts.push(...upserts.map((object) => object.metadata.name));
  });
  return seen;
}

describe('a live list', () => {
  it('begins with what there is and follows what comes', async () => {
    const list = hub.open(kind, 'shop');
    const reader = follow(list);
    expect(list).toMatchObject({ state: 'connecting', asOf: null, reason: null });
    await watching();
    expect(list.state).toBe('live');
    expect(names(list)).toEqual(['a', 'b']);
    server.put(configMap('shop', 'c'));
    server.delete(configMap('shop', 'a'));
    server.put(configMap('other', 'x'));
    await untilWithTime(() => reader.names().join() === 'b,c');
    expect(names(list)).toEqual(['b', 'c']);
  });

  it('goes on from where a stream ended, without listing again or losing anything', async () => {
    const list = hub.open(kind, null);
    const reader = follow(list);
    await watching();
    clock.advance(240_000);
    server.endWatches();
    server.put(configMap('shop', 'between'));
    await untilWithTime(() => reader.names().join() === 'a,b,between');
    expect(lists()).toBe(1);
    expect(list.state).toBe('live');
  });

  it('is stale while the connection is cut, and says why and since when', async () => {
    const list = hub.open(kind, null);
    await watching();
    const heardAt = clock.now();
    server.cutWatches();
    await until(() => list.state === 'stale');
    expect(list).toMatchObject({ asOf: heardAt, reason: expect.stringContaining('broke off') });
    server.put(configMap('shop', 'c'));
    await untilWithTime(() => list.objects.size === 3 && list.state === 'live');
    expect(list.reason).toBeNull();
  });

  it('lists anew where the cluster forgot, and tells only the difference', async () => {
    const list = hub.open(kind, null);
    await watching();
    const reader = follow(list);
    server.cutWatches();
    await until(() => list.state === 'stale');
    server.delete(configMap('shop', 'a'));
    server.put(configMap('shop', 'c'));
    server.delete(configMap('shop', 'b'));
    server.put(configMap('shop', 'b'));
    server.compact();
    await untilWithTime(() => names(list).join() === 'b,c');
    expect(list.state).toBe('live');
    expect(reader.deletes.sort()).toEqual(['a', 'b']);
    expect(reader.upserts.sort()).toEqual(['b', 'c']);
  });

  it('waits longer and longer where it can not be read, and says failed', async () => {
    for (let index = 0; index < 7; index += 1) server.refuseOnce('/configmaps', 500);
    const list = hub.open(kind, null);
    await until(() => list.state === 'failed');
    await untilWithTime(() => list.state === 'live');
    expect(clock.sleeps.slice(0, 7)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('does not ask again and again for what it may not list', async () => {
    server.refuseOnce('/configmaps', 403);
    const list = hub.open(kind, 'shop');
    await until(() => list.state === 'failed');
    expect(list.reason).toBe('You may not list configmaps in the namespace shop.');
    clock.advance(60_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(lists()).toBe(1);
  });

  it('waits for nothing once it is told that something changed', async () => {
    for (let i = 0; i < 3; i += 1) server.refuseOnce('/configmaps', 403);
    const list = hub.open(kind, 'shop');
    await until(() => list.state === 'failed');
    const asked = lists();
    hub.retryNow();
    await until(() => lists() > asked);
    hub.retryNow();
    await until(() => lists() > asked + 1);
    hub.retryNow();
    await until(() => list.state === 'live');
    hub.retryNow();
    await watching();
    expect(list.state).toBe('live');
  });

  it('is read from time to time where it can not be watched', async () => {
    const list = hub.open({ ...kind, verbs: ['list'] }, null);
    await until(() => list.state === 'live');
    server.put(configMap('shop', 'c'));
    await untilWithTime(() => names(list).join() === 'a,b,c');
    expect(server.openWatches).toBe(0);
  });

  it('does not storm a server that ends every stream at once', async () => {
    const list = hub.open(kind, null);
    await watching();
    server.endWatches();
    await until(() => clock.sleeps.includes(1000));
    expect(list.state).toBe('live');
  });

  it('outlives a reader that throws', async () => {
    const warned = new Promise((resolve) => process.once('warning', resolve));
    const list = hub.open(kind, null);
    list.subscribe(() => {
      throw new Error('a fault of the reader');
    });
    const reader = follow(list);
    await until(() => reader.names().join() === 'a,b');
    expect(String(await warned)).toContain('a fault of the reader');
  });
});

describe('the hub', () => {
  it('shares one stream among all who open the same', async () => {
    const first = hub.open(kind, 'shop');
    const second = hub.open(kind, 'shop');
    await watching();
    expect(hub.size).toBe(1);
    expect(second.objects).toBe(first.objects);
    expect(hub.open(kind, 'other').objects).not.toBe(first.objects);
    expect(hub.size).toBe(2);
  });

  it('keeps a list for a minute after its last user, and ends it then', async () => {
    const first = hub.open(kind, 'shop');
    const second = hub.open(kind, 'shop');
    await watching();
    first.release();
    first.release();
    clock.advance(70_000);
    expect(hub.size).toBe(1);
    second.release();
    clock.advance(50_000);
    const third = hub.open(kind, 'shop');
    clock.advance(70_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(third.objects).toBe(first.objects);
    third.release();
    clock.advance(60_000);
    await until(() => hub.size === 0 && server.openWatches === 0);
  });

  it('closes every stream, and opens none after', async () => {
    hub.open(kind, 'shop');
    await watching();
    await hub.close();
    await until(() => server.openWatches === 0);
    expect(() => hub.open(kind, 'shop')).toThrow(expect.objectContaining({ code: 'CANCELLED' }));
  });
});
