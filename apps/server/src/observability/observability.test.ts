import { Writable } from 'node:stream';
import { routes } from '@quarterdeck/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../config/log.ts';
import { type TestApp, testApp, testPort, testToken } from '../testing/test-app.ts';
import { diagnosisChannel } from './diagnosis-channel.ts';

const host = `127.0.0.1:${testPort}`;
const authorization = `Bearer ${testToken}`;
let test: TestApp;

/** As the HTTP server hands a call on: with the address of the socket. */
function ask(path: string, headers: Record<string, string> = {}, address = '127.0.0.1') {
  return test.app.request(path, { headers: { host, ...headers } }, { incoming: { socket: { remoteAddress: address } } });
}

beforeEach(async () => {
  test = await testApp([]);
});

describe('/metrics', () => {
  it('counts calls by route, sockets, checks, and asks storage and clusters', async () => {
    await ask('/api/clusters', { authorization });
    await ask('/api/issues/some-name', { authorization });
    diagnosisChannel.publish(40);
    const text = await (await ask('/metrics', { authorization })).text();
    expect(text).toContain('quarterdeck_http_requests_total{route="listClusters",method="GET",status="200"} 1');
    expect(text).toContain('quarterdeck_diagnosis_duration_seconds_bucket{le="0.05"} 1');
    for (const name of ['http_request_duration_seconds', 'websockets', 'storage_up', 'ledger_rows', 'cluster_requests', 'cluster_watch_streams'])
      expect(text).toContain(`# TYPE quarterdeck_${name}`);
    expect(text).not.toContain('some-name');
  });

  it('is given to this machine without a login, and to nobody else', async () => {
    expect((await ask('/metrics')).status).toBe(200);
    expect((await ask('/metrics', {}, '10.0.0.7')).status).toBe(401);
    expect((await ask('/metrics', { 'x-forwarded-for': '10.0.0.7' })).status).toBe(401);
    expect((await ask('/metrics', { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await ask('/metrics', { host: `rebound.example:${testPort}` })).status).toBe(403);
    expect((await ask('/api/clusters')).status).toBe(401);
  });

  it('is given by any name of ours to who has a token, as Prometheus asks by the address of a pod', async () => {
    expect((await ask('/metrics', { host: '10.0.0.7:7420', authorization }, '10.0.0.9')).status).toBe(200);
  });
});

describe('probes', () => {
  it('are answered by whatever name they come', async () => {
    for (const { path } of [routes.livez, routes.readyz]) expect((await ask(path, { host: '10.0.0.7:7420' })).status).toBe(200);
  });

  it('say that it is not ready while its storage is away, and that it lives', async () => {
    await test.services.storage.close();
    expect([(await ask('/livez')).status, (await ask('/readyz')).status]).toEqual([200, 500]);
  });

  it('say that it is not ready when it ends', async () => {
    const ending = new AbortController();
    test = await testApp([], { ending: ending.signal });
    ending.abort();
    expect([(await ask('/livez')).status, (await ask('/readyz')).status]).toEqual([200, 410]);
  });
});

describe('the log', () => {
  it('holds no secrets, in fields or in what an error says', () => {
    const lines: string[] = [];
    const destination = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const secret = ['hunter', '2', 'Prod', '9'].join('-');
    const log = createLog('info', destination);
    log.info({ token: secret, headers: { authorization: `Bearer ${secret}`, cookie: secret, 'set-cookie': secret } }, 'one');
    log.warn({ reason: `postgres://me:${secret}@db/x does not answer` }, 'two');
    log.error({ err: new Error(`DB_PASSWORD=${secret} is wrong`) }, 'three');
    log.warn(`The password=${secret} is wrong.`);
    log.warn({ code: 1 }, `The password=${secret} is wrong.`);
    expect(lines).toHaveLength(5);
    expect(lines.join('')).not.toContain(secret);
    expect(lines.join('')).toContain('does not answer');
  });
});
