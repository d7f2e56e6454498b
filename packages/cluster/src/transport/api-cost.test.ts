import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCluster } from '../access/open-cluster.ts';
import type { CredentialSource } from '../credentials/credentials.ts';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { ApiCostMeter } from './api-cost.ts';
import { RefusalMemory } from './refusal-memory.ts';
import type { RequestSubject } from './transport.ts';

const pods: RequestSubject = { verb: 'list', resource: 'pods', namespace: null };

describe('what a cluster costs', () => {
  it('is told for the last minute, by request for five, and in all', () => {
    let now = 1_000_000;
    const meter = new ApiCostMeter(() => now);
    meter.add(pods, 'requests', 3);
    now += 70_000;
    meter.add(pods, 'requests');
    meter.add({ ...pods, namespace: 'shop' }, 'bytesIn', 10);
    expect(meter.report()).toMatchObject({ lastMinute: { requests: 1, bytesIn: 10 }, total: { requests: 4 } });
    expect(meter.report().byRequest).toMatchObject([
      { resource: 'pods', scope: 'cluster', requests: 4 },
      { resource: 'pods', scope: 'namespace', bytesIn: 10 },
    ]);
    now += 300_000;
    expect(meter.report()).toMatchObject({ byRequest: [], total: { requests: 4 } });
  });

  it('is kept in bounded memory, however many kinds there are', () => {
    const meter = new ApiCostMeter(() => 0);
    for (let i = 0; i < 2000; i += 1) meter.add({ ...pods, resource: `r${i}` }, 'requests');
    const { byRequest, total } = meter.report();
    expect(total.requests).toBe(2000);
    expect(byRequest.length).toBeLessThanOrEqual(200);
    expect(byRequest[0]).toMatchObject({ resource: 'others', requests: 1500 });
  });

  it('counts streams until they end, once each', () => {
    const meter = new ApiCostMeter();
    const end = meter.streamOpened();
    meter.streamOpened();
    end();
    end();
    expect(meter.report().openStreams).toBe(1);
  });
});

describe('what the cluster refuses', () => {
  const server = new FakeApiServer();
  let now = 0;
  let login = { authorization: 'Bearer a', clientCertificate: null, clientKey: null, refusal: null };
  const credentials: CredentialSource = { current: async () => login, renew: async () => null };
  const { signal } = new AbortController();
  const everywhere = '/api/v1/pods';
  const inShop = '/api/v1/namespaces/shop/pods';
  const refusal = { kind: 'Status', code: 403, reason: 'Forbidden', message: 'no' };

  async function open() {
    const meter = new ApiCostMeter();
    const access = await openCluster(await server.start(credentials), { meter, refusals: new RefusalMemory(() => now) });
    return {
      meter,
      ask: (path: string, method?: 'POST') =>
        access.api?.json({ path, subject: { ...pods, verb: method ? 'create' : 'list' }, signal, ...(method ? { method } : {}) }),
      access,
    };
  }
  let opened: Awaited<ReturnType<typeof open>>;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(async () => {
    await opened.access.close();
    await server.stop();
  });

  it('is not asked again for five minutes, unless the login changes', async () => {
    const { ask, meter } = opened;
    const asked = () => meter.report().total.requests;
    for (let i = 0; i < 4; i += 1) for (const path of [everywhere, inShop]) server.refuseOnce(path, 403, {}, refusal);
    await expect(ask(everywhere)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(ask(everywhere)).rejects.toMatchObject({ code: 'FORBIDDEN', details: { remembered: true } });
    expect([asked(), meter.report().total.spared]).toEqual([1, 1]);
    await expect(ask(inShop)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(asked()).toBe(2);
    now += 300_000;
    await expect(ask(everywhere)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(asked()).toBe(3);
    login = { ...login, authorization: 'Bearer b' };
    await expect(ask(everywhere)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(asked()).toBe(4);
  });

  it('is asked again where it was a change: what it says may be the reason', async () => {
    const before = opened.meter.report().total.requests;
    await expect(opened.ask(inShop, 'POST')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(opened.ask(inShop, 'POST')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(opened.meter.report().total.requests).toBe(before + 2);
  });

  it('as a login is shown again after a pause that grows, whoever asks', async () => {
    login = { ...login, authorization: 'Bearer expired' };
    const nodes = '/api/v1/nodes';
    const status = { kind: 'Status', code: 401, reason: 'Unauthorized', message: 'no' };
    for (let i = 0; i < 4; i += 1) server.refuseOnce(nodes, 401, {}, status);
    const before = opened.meter.report().total.requests;
    const askAll = () => Promise.allSettled(Array.from({ length: 5 }, () => opened.ask(nodes)));
    await expect(opened.ask(nodes)).rejects.toMatchObject({ code: 'CLUSTER_AUTH_FAILED' });
    await expect(opened.ask(nodes)).rejects.toMatchObject({ code: 'CLUSTER_AUTH_FAILED' });
    await askAll();
    expect(opened.meter.report().total.requests).toBe(before + 2);
    now += 5_000;
    await expect(opened.ask(nodes)).rejects.toMatchObject({ code: 'CLUSTER_AUTH_FAILED' });
    now += 1_500;
    await askAll();
    expect(opened.meter.report().total.requests).toBe(before + 3);
    login = { ...login, authorization: 'Bearer new' };
    await opened.ask('/version');
    expect(opened.meter.report().total.requests).toBe(before + 4);
  });
});
