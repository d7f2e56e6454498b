import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findKind } from '../discovery/find-kind.ts';
import { describeClusterAccess } from '../testing/cluster-access-conformance.ts';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { configMap, secret } from '../testing/fake-responses.ts';
import type { ClusterAccess, WatchEvent } from './cluster-access.ts';
import { listAll } from './list-all.ts';
import { openCluster } from './open-cluster.ts';

const { signal } = new AbortController();

function fill(server: FakeApiServer): void {
  for (const name of ['shop', 'other']) server.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  server.put(configMap('shop', 'settings', { mode: 'grün' }));
  server.put(configMap('other', 'settings'));
  server.put(secret('shop', 'login', { password: 'hunter2' }));
}

describe('a fake API server', () => {
  const server = new FakeApiServer();
  beforeAll(() => fill(server));
  afterAll(() => server.stop());
  describeClusterAccess('HTTP', async () => openCluster(await server.start()), 'shop');
});

describe('a cluster over HTTP', () => {
  let server: FakeApiServer;
  let access: ClusterAccess;
  beforeEach(async () => {
    server = new FakeApiServer();
    access = await openCluster(await server.start(), { watchIdleTimeoutMs: 50 });
    fill(server);
  });
  afterEach(async () => {
    await access.close();
    await server.stop();
  });
  const configMaps = async () => findKind(await access.kinds(signal), 'cm');
  const watchFrom = async (resourceVersion: string, onEvent: (event: WatchEvent) => void) => {
    for await (const event of access.watch(await configMaps(), { resourceVersion, signal })) onEvent(event);
  };

  it('asks discovery once for everybody who asks at the same time', async () => {
    await Promise.all([access.kinds(signal), access.kinds(signal), access.kinds(signal)]);
    expect(server.requests.filter((request) => request === '/api')).toHaveLength(1);
  });

  it('lists in pages, and starts anew when the continue token expired', async () => {
    for (let index = 0; index < 600; index += 1) server.put(configMap('shop', `many-${index}`));
    const kind = await configMaps();
    let pages = 0;
    const disturbed = {
      list: async function* (...[one, options]: Parameters<ClusterAccess['list']>) {
        for await (const page of access.list(one, options)) {
          pages += 1;
          if (pages === 1) server.compact();
          yield page;
        }
      },
    };
    const { items } = await listAll(disturbed, kind, { signal });
    expect(pages).toBe(8);
    expect(new Set(items.map((item) => item.metadata.uid)).size).toBe(602);
    expect(items).toHaveLength(602);
  });

  it('waits as asked after 429 and tries once more', async () => {
    server.refuseOnce('/version', 429, { 'retry-after': '0' });
    await expect(access.version(signal)).resolves.toMatchObject({ minor: 35 });
    server.refuseOnce('/version', 429, { 'retry-after': '0' });
    server.refuseOnce('/version', 429, { 'retry-after': '7' });
    await expect(access.version(signal)).rejects.toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterSeconds: 7 } });
  });

  it('asks again where a connection was closed under it, but only once', async () => {
    server.dropOnce('/version');
    await expect(access.version(signal)).resolves.toMatchObject({ minor: 35 });
    server.dropOnce('/version');
    server.dropOnce('/version');
    await expect(access.version(signal)).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
  });

  it('says what may not be done, and how to check it', async () => {
    server.refuseOnce('/configmaps', 403);
    await expect(listAll(access, await configMaps(), { namespace: 'shop', signal })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'You may not list configmaps in the namespace shop.',
      hint: expect.stringContaining('kubectl auth can-i list configmaps -n shop'),
    });
  });

  it('keeps characters whole that a chunk cuts in two', async () => {
    const { resourceVersion } = await listAll(access, await configMaps(), { signal });
    const text = 'äöü€😀'.repeat(50);
    const events: WatchEvent[] = [];
    await watchFrom(resourceVersion, (event) => {
      events.push(event);
      if (event.type === 'bookmark') server.put(configMap('shop', 'wide', { text }));
      else server.endWatches();
    });
    expect(events[1]).toMatchObject({ type: 'added', object: { data: { text } } });
  });

  it('ends a watch that falls silent, without an error', async () => {
    const { resourceVersion } = await listAll(access, await configMaps(), { signal });
    await expect(watchFrom(resourceVersion, () => undefined)).resolves.toBeUndefined();
  });

  it('lets a reader leave a watch at any time, and closes its connection', async () => {
    const { resourceVersion } = await listAll(access, await configMaps(), { signal });
    for await (const _event of access.watch(await configMaps(), { resourceVersion, signal })) break;
    await vi.waitFor(() => expect(server.openWatches).toBe(0));
  });

  it('throws GONE where the version is too old, and CLUSTER_UNREACHABLE where the connection is cut', async () => {
    const { resourceVersion } = await listAll(access, await configMaps(), { signal });
    await expect(watchFrom(resourceVersion, () => server.cutWatches())).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
    server.compact();
    await expect(watchFrom(resourceVersion, () => undefined)).rejects.toMatchObject({ code: 'GONE' });
  });

  it('says so where a line of a watch is no event', async () => {
    const { resourceVersion } = await listAll(access, await configMaps(), { signal });
    await expect(watchFrom(resourceVersion, () => server.sayToWatches('<html>login</html>'))).rejects.toMatchObject({ code: 'CLUSTER_ERROR' });
  });

  it('says so where somebody else answers: a redirect to a login, a page, a log without end', async () => {
    server.refuseOnce('/version', 302, { location: 'https://login.example' });
    await expect(access.version(signal)).rejects.toMatchObject({ code: 'CLUSTER_ERROR', message: expect.stringContaining('redirect') });
    server.refuseOnce('/version', 200, {}, 'welcome');
    await expect(access.version(signal)).rejects.toMatchObject({ code: 'CLUSTER_ERROR' });
    server.logs.set('shop/api/main', 'x'.repeat(9 * 1024 * 1024));
    const log = access.log({ namespace: 'shop', pod: 'api', container: 'main', previous: false, lines: 1, signal });
    await expect(log).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('says in plain words that nothing listens', async () => {
    const gone = new FakeApiServer();
    const context = await gone.start();
    await gone.stop();
    const closed = await openCluster(context);
    await expect(closed.version(signal)).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE', message: expect.stringContaining('refused the connection') });
    await closed.close();
  });
});
