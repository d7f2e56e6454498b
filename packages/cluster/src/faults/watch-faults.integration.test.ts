import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { selfSignedCertificate } from '../proxy/self-signed-certificate.ts';
import { statusText } from '../testing/fault-proxy.ts';
import { FaultyCluster, type Follower } from '../testing/faulty-cluster.ts';
import { sandboxContext } from '../testing/sandbox-context.ts';
import { sendObject } from '../testing/send-object.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `faults-${process.pid}`;
/** More than one page of a list. */
const pageAndMore = 620;
const watch = /configmaps\?watch=true(?!.*sendInitialEvents)/;
const streamedList = /configmaps\?.*sendInitialEvents/;
const firstPage = /configmaps\?limit=\d+$/;
const laterPage = /configmaps\?limit=\d+&continue/;

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 25 });

describe.skipIf(kubeconfig === undefined)('a live list of a real cluster', () => {
  let cluster: FaultyCluster;

  const send = async (method: 'POST' | 'DELETE', path: string, body?: unknown) =>
    sendObject(await (await sandboxContext()).connection(), method, `/api/v1/namespaces${path}`, body);

  beforeAll(async () => {
    expect(await send('POST', '', { metadata: { name: namespace } })).toBe(201);
  });
  afterAll(() => send('DELETE', `/${namespace}`));
  beforeEach(async () => {
    cluster = await FaultyCluster.open(namespace);
  });
  afterEach(() => cluster.close());

  /** The list and its readers have what the API server has: nothing lost, nothing doubled. */
  const settled = (follower: Follower) =>
    until(async () => {
      const truth = await cluster.truth();
      expect(follower.list.state).toBe('live');
      expect(follower.held()).toEqual(truth);
      expect(follower.told()).toEqual(truth);
    });
  const following = async (follower: Follower) => {
    await settled(follower);
    await until(() => expect(cluster.proxy.openWatches).toBe(1));
  };
  const listsOf = () => cluster.proxy.requests.filter((request) => firstPage.test(request) || streamedList.test(request)).length;
  let counter = 0;
  /** One object comes and another one goes, past the proxy. */
  const change = async () => {
    counter += 1;
    await cluster.put(`made-${counter}`);
    if (counter > 1) await cluster.delete(`made-${counter - 1}`);
  };

  it('goes on from where it was when the connection breaks', async () => {
    const follower = await cluster.follow();
    await following(follower);
    cluster.proxy.planOnce({ matches: watch, answer: { status: 503, body: statusText(503, 'ServiceUnavailable', 'the server is starting') } });
    cluster.proxy.breakConnections();
    await change();
    await settled(follower);
    expect(follower.states).toContainEqual(expect.stringMatching(/^stale: .*(broke off|HTTP 503)/));
    expect(listsOf()).toBe(1);
  });

  it('notices a connection on which nothing arrives any more', async () => {
    const follower = await cluster.follow(undefined, { watchIdleTimeoutMs: 1500 });
    await following(follower);
    cluster.proxy.stallWatches();
    await change();
    await settled(follower);
    expect(listsOf()).toBe(1);
  });

  it('survives half an event with a proper end behind it', async () => {
    const follower = await cluster.follow();
    await following(follower);
    cluster.proxy.halveNextEvents();
    await change();
    await settled(follower);
    expect(follower.states).toContainEqual(expect.stringMatching(/^stale: .*not a watch event/));
  });

  it('says that a line is too long, and goes on without it', async () => {
    const follower = await cluster.follow();
    await following(follower);
    cluster.proxy.sayToWatches(Buffer.alloc(33 * 1024 * 1024, 'x'));
    await until(() => expect(follower.states).toContainEqual(expect.stringMatching(/^stale: .*more than 32 MiB/)));
    await change();
    await settled(follower);
  });

  it('lists anew where the API server has forgotten its version', async () => {
    const follower = await cluster.follow();
    await following(follower);
    const gone = statusText(410, 'Expired', 'too old resource version: 1 (1967)');
    cluster.proxy.planOnce({ matches: watch, answer: { status: 200, body: `{"type":"ERROR","object":${gone}}\n` } });
    cluster.proxy.breakConnections();
    await change();
    await settled(follower);
    expect(listsOf()).toBe(2);
  });

  it('is right again from a version as old as the cluster, whether it is refused or all of history comes', async () => {
    const follower = await cluster.follow();
    await following(follower);
    cluster.proxy.planOnce({ matches: watch, rewrite: (path) => path.replace(/resourceVersion=\d+/, 'resourceVersion=1') });
    cluster.proxy.breakConnections();
    await change();
    await settled(follower);
    expect(listsOf()).toBeLessThanOrEqual(2);
  });

  it('asks no more often than it was told to', async () => {
    const busy = { status: 429, headers: { 'retry-after': '1' }, body: statusText(429, 'TooManyRequests', 'too many requests') };
    const follower = await cluster.follow();
    await following(follower);
    const before = cluster.proxy.requests.length;
    for (const refusal of [busy, busy]) cluster.proxy.planOnce({ matches: watch, answer: refusal });
    cluster.proxy.breakConnections();
    await until(() => expect(follower.states).toContainEqual('stale: The cluster is busy and asks to wait.'));
    await change();
    await settled(follower);
    expect(cluster.proxy.requests.slice(before)).toHaveLength(3);
  });

  it('says that a certificate is not to be trusted, and recovers with the right one', async () => {
    const follower = await cluster.follow();
    await following(follower);
    cluster.proxy.showCertificate(selfSignedCertificate('somebody else'));
    await until(() => expect(follower.states).toContainEqual(expect.stringMatching(/^stale: The certificate of https:.* is not signed by an authority/)));
    await change();
    cluster.proxy.showCertificate(cluster.certificate);
    await settled(follower);
    expect(listsOf()).toBe(1);
  });

  it('reads a renewed client certificate', async () => {
    const [old, renewed] = [selfSignedCertificate('person'), selfSignedCertificate('person')];
    const certificate = await cluster.write('client.crt', old.certificate);
    const key = await cluster.write('client.key', old.key);
    cluster.proxy.acceptedCertificate = old.certificate;
    const follower = await cluster.follow({ 'client-certificate': certificate, 'client-key': key });
    await following(follower);
    cluster.proxy.acceptedCertificate = renewed.certificate;
    cluster.proxy.breakConnections();
    await until(() => expect(follower.states).toContainEqual('stale: The cluster does not accept these credentials.'));
    await change();
    await cluster.write('client.key', renewed.key);
    await cluster.write('client.crt', renewed.certificate);
    await settled(follower);
    expect(listsOf()).toBe(1);
  });

  it('reads a renewed token', async () => {
    const tokenFile = await cluster.write('token', 'first');
    cluster.proxy.acceptedAuthorization = 'Bearer first';
    const follower = await cluster.follow({ tokenFile });
    await following(follower);
    cluster.proxy.acceptedAuthorization = 'Bearer second';
    cluster.proxy.breakConnections();
    await until(() => expect(follower.states).toContainEqual('stale: The cluster does not accept these credentials.'));
    await change();
    await cluster.write('token', 'second');
    await settled(follower);
  });

  describe('of many objects', () => {
    beforeAll(async () => {
      const numbers = Array.from({ length: pageAndMore }, (_, number) => number);
      const worker = async () => {
        for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) await seed.put(`many-${number}`);
      };
      const seed = await FaultyCluster.open(namespace);
      await Promise.all(Array.from({ length: 12 }, worker));
      await seed.close();
    });

    /** What servers answer that can't stream lists. */
    const withoutStreaming = () =>
      cluster.proxy.planOnce({ matches: streamedList, answer: { status: 422, body: statusText(422, 'Invalid', 'sendInitialEvents is forbidden for watch') } });
    const isWhole = (follower: Follower) => expect(follower.held().length).toBeGreaterThanOrEqual(pageAndMore);

    it('begins again where the connection breaks in the middle of a streamed list', async () => {
      cluster.proxy.planOnce({ matches: streamedList, breakAfter: 50_000 });
      const follower = await cluster.follow();
      await settled(follower);
      isWhole(follower);
      expect(follower.states.join()).toMatch(/broke off/);
    });

    it('begins again where the connection breaks in the middle of a page', async () => {
      withoutStreaming();
      cluster.proxy.planOnce({ matches: laterPage, breakAfter: 10_000 });
      const follower = await cluster.follow();
      await settled(follower);
      isWhole(follower);
      expect(follower.states.join()).toMatch(/broke off/);
    });

    it('begins again where the rest of a list is not to be had any more', async () => {
      withoutStreaming();
      cluster.proxy.planOnce({ matches: laterPage, answer: { status: 410, body: statusText(410, 'Expired', 'The provided continue parameter is too old') } });
      const follower = await cluster.follow();
      await settled(follower);
      isWhole(follower);
      expect(follower.states.join()).not.toMatch(/stale|failed/);
    });

    it('waits as it is told between two attempts to list', async () => {
      withoutStreaming();
      const busy = { status: 429, headers: { 'retry-after': '1' }, body: statusText(429, 'TooManyRequests', 'too many requests') };
      cluster.proxy.planOnce({ matches: firstPage, answer: busy });
      const follower = await cluster.follow();
      await settled(follower);
      expect(cluster.proxy.requests.filter((request) => firstPage.test(request))).toHaveLength(2);
    });
  });

  it('takes objects as large as etcd lets them be', async () => {
    const size = 1_000_000;
    for (let number = 0; number < 5; number += 1) await cluster.put(`large-${number}`, { text: String(number).repeat(size) });
    const follower = await cluster.follow();
    await settled(follower);
    const large = [...follower.list.objects.values()].filter(({ metadata }) => metadata.name.startsWith('large-'));
    expect(large).toHaveLength(5);
    await cluster.delete('large-0');
    await settled(follower);
  });
});
