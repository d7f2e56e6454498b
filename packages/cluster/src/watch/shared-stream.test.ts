import { type KubeObject, type ResourceKind, refOf } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { openCluster } from '../access/open-cluster.ts';
import { findKind } from '../discovery/find-kind.ts';
import type { RowBatch, RowList } from '../rows/row-list.ts';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { configMap, secret } from '../testing/fake-responses.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { WatchHub } from './watch-hub.ts';

let server: FakeApiServer;
let access: ClusterAccess;
let clock: ManualClock;
let hub: WatchHub;
let kinds: ResourceKind[];

beforeEach(async () => {
  server = new FakeApiServer();
  access = await openCluster(await server.start());
  clock = new ManualClock();
  hub = new WatchHub(access, clock);
  kinds = await access.kinds(new AbortController().signal);
  server.put(configMap('shop', 'a'));
  server.put(configMap('shop', 'b'));
  server.put(configMap('other', 'c'));
});
afterEach(async () => {
  await hub.close();
  await access.close();
  await server.stop();
});

const kind = (name: string) => findKind(kinds, name);
const until = (condition: () => unknown) => vi.waitFor(() => expect(condition()).toBe(true), { timeout: 3000, interval: 5 });
/** Batches pass as soon as somebody waits for them; far too short for a stream to count as silent. */
const untilTold = (condition: () => unknown) =>
  until(() => {
    clock.advance(100);
    return condition();
  });
const requests = (plural: string) => server.requests.filter((request) => request.includes(`/${plural}`));
const pages = (plural: string) => requests(plural).filter((request) => !request.includes('watch='));

/** What a reader knows who applies every batch. */
function follow(list: RowList): { names(): string[]; batches: RowBatch[]; reading: boolean[] } {
  const known = new Map(list.rows().map((row) => [row.row.uid, row]));
  const seen = { batches: [] as RowBatch[], reading: [] as boolean[], names: () => [...known.values()].map(({ row }) => row.object.name).sort() };
  list.subscribe((batch) => {
    for (const uid of batch.deletes) known.delete(uid);
    for (const row of batch.upserts) known.set(row.row.uid, row);
    if (batch.upserts.length + batch.deletes.length > 0) seen.batches.push(batch);
    seen.reading.push(list.reading);
  });
  return seen;
}

describe.each([
  ['read in pages', false],
  ['streamed', true],
])('rows of a list that is %s', (_how, streams) => {
  beforeEach(() => {
    server.streamsLists = streams;
  });

  it('begin with what there is and follow what comes', async () => {
    const rows = await hub.openRows(kind('cm'), []);
    const reader = follow(rows);
    await untilTold(() => !rows.reading && server.openWatches === 1);
    expect(rows).toMatchObject({ state: 'live', size: 3 });
    server.put(configMap('shop', 'd'));
    server.delete(configMap('shop', 'a'));
    await untilTold(() => reader.names().join() === 'b,c,d');
    expect(pages('configmaps')).toHaveLength(streams ? 0 : 1);
  });

  it('come before the list is at its end', async () => {
    for (let index = 0; index < 1200; index += 1) server.put(configMap('shop', `more-${index}`));
    const rows = await hub.openRows(kind('cm'), []);
    const reader = follow(rows);
    await untilTold(() => !rows.reading);
    expect(reader.reading[0]).toBe(true);
    await untilTold(() => reader.names().length === 1203);
  });

  it('are told as the difference where the cluster forgot', async () => {
    const rows = await hub.openRows(kind('cm'), []);
    await untilTold(() => !rows.reading && server.openWatches === 1);
    const reader = follow(rows);
    server.cutWatches();
    await until(() => rows.state === 'stale');
    server.delete(configMap('shop', 'a'));
    server.put(configMap('shop', 'd'));
    server.compact();
    await until(() => {
      clock.advance(1000);
      return reader.names().join() === 'b,c,d' && rows.state === 'live';
    });
    expect(reader.batches.map(({ upserts, deletes }) => [upserts.length, deletes.length])).toEqual([[1, 1]]);
  });

  it('of Secrets are read without values', async () => {
    server.put(secret('shop', 'password', { key: 'hunter2' }, 'kubernetes.io/tls'));
    const rows = await hub.openRows(kind('secrets'), []);
    await untilTold(() => !rows.reading && rows.size === 1);
    expect(rows.rows()[0]?.row.cells).toContain('kubernetes.io/tls');
    expect(requests('secrets').every((request) => request.includes('includeObject=Metadata'))).toBe(true);
  });
});

describe('a server that streams lists', () => {
  beforeEach(() => {
    server.streamsLists = true;
  });

  it('and does not end them is read in pages after ten silent seconds, and not asked to again', async () => {
    server.endsStreamedLists = false;
    const rows = await hub.openRows(kind('cm'), []);
    await untilTold(() => rows.size === 3);
    expect(rows.reading).toBe(true);
    clock.advance(10_000);
    await untilTold(() => !rows.reading);
    const others = await hub.openRows(kind('ns'), []);
    await untilTold(() => !others.reading);
    expect([pages('configmaps').length, requests('namespaces').some((request) => request.includes('sendInitialEvents'))]).toEqual([1, false]);
  });

  it('but lets nobody watch is read in pages', async () => {
    server.refuseOnce('/configmaps', 403);
    const rows = await hub.openRows(kind('cm'), []);
    await untilTold(() => !rows.reading);
    expect([rows.size, pages('configmaps').length]).toEqual([3, 1]);
  });

  it('and breaks off in the middle is read anew', async () => {
    server.endsStreamedLists = false;
    const rows = await hub.openRows(kind('cm'), []);
    const reader = follow(rows);
    await untilTold(() => rows.size === 3);
    server.endsStreamedLists = true;
    server.cutWatches();
    server.delete(configMap('shop', 'a'));
    await until(() => {
      clock.advance(1000);
      return !rows.reading;
    });
    expect(reader.names()).toEqual(['b', 'c']);
  });
});

describe('one stream', () => {
  const names = (objects: ReadonlyMap<string, KubeObject>) => [...objects.values()].map((object) => refOf(object).name).sort();

  it('has objects only while somebody needs them, and its rows stand still meanwhile', async () => {
    const rows = await hub.openRows(kind('cm'), []);
    await until(() => !rows.reading && server.openWatches === 1);
    const reader = follow(rows);
    const list = hub.open(kind('cm'), null);
    expect(list).toMatchObject({ state: 'connecting', asOf: null });
    await until(() => list.state === 'live' && server.openWatches === 1);
    expect(names(list.objects)).toEqual(['a', 'b', 'c']);
    expect([hub.size, reader.batches, rows.state]).toEqual([1, [], 'live']);
    list.release();
    clock.advance(60_000);
    await until(() => list.objects.size === 0);
    server.put(configMap('shop', 'd'));
    await untilTold(() => reader.names().join() === 'a,b,c,d');
    expect(hub.size).toBe(1);
  });

  it('makes rows of the objects that it has, without reading them again', async () => {
    const list = hub.open(kind('cm'), null);
    await until(() => list.state === 'live' && server.openWatches === 1);
    const rows = await hub.openRows(kind('cm'), []);
    await until(() => !rows.reading);
    expect([rows.size, hub.size, pages('configmaps').length]).toEqual([3, 1, 1]);
  });

  it('ends a minute after the last of both left it', async () => {
    const rows = await hub.openRows(kind('cm'), []);
    const list = hub.open(kind('cm'), null);
    await until(() => list.state === 'live');
    rows.release();
    clock.advance(60_000);
    list.release();
    clock.advance(50_000);
    expect(hub.size).toBe(1);
    clock.advance(10_000);
    await until(() => hub.size === 0 && server.openWatches === 0);
  });

  it('keeps equal parts of its objects once', async () => {
    for (const name of ['x', 'y']) server.put({ ...configMap('shop', name), metadata: { name, namespace: 'shop', labels: { app: 'web', tier: 'front' } } });
    const list = hub.open(kind('cm'), 'shop');
    await until(() => list.state === 'live');
    const [x, y] = ['x', 'y'].map((name) => [...list.objects.values()].find((object) => object.metadata.name === name)?.metadata.labels);
    expect(x).toEqual({ app: 'web', tier: 'front' });
    expect(x).toBe(y);
  });
});

describe('rows of several namespaces', () => {
  it('are one list over one stream each, and a query has one view', async () => {
    const rows = await hub.openRows(kind('cm'), ['shop', 'other']);
    const again = await hub.openRows(kind('cm'), ['other', 'shop']);
    await until(() => !rows.reading);
    expect([rows.size, hub.size]).toEqual([3, 2]);
    const first = rows.look({ filter: 'a', sort: '' });
    const second = again.look({ filter: 'a ', sort: '' });
    expect(second.view).toBe(first.view);
    expect(first.view.window(0, 10)).toMatchObject({ total: 1, rows: [{ object: { name: 'a' } }] });
  });
});

describe('rows that wait for something', () => {
  it('change their state with time alone', async () => {
    const startTime = new Date(clock.now()).toISOString();
    const status = { phase: 'Running', startTime, containerStatuses: [{ name: 'app', ready: false, restartCount: 0, state: { running: {} } }] };
    server.put(
      Object.assign({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop' } }, { spec: { containers: [{ name: 'app' }] }, status }),
    );
    const rows = await hub.openRows(kind('po'), []);
    await until(() => !rows.reading);
    expect(rows.rows()[0]?.row.state).toBe('pending');
    await until(() => {
      clock.advance(15_000);
      return rows.rows()[0]?.row.state === 'medium';
    });
  });
});
