import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { AppError } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Credentials } from '../credentials/credentials.ts';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { configMap } from '../testing/fake-responses.ts';
import { createHttpTransport } from '../transport/http-transport.ts';
import type { Transport } from '../transport/transport.ts';
import { type LoopbackProxy, openLoopbackProxy, type ProxiedCall } from './loopback-proxy.ts';
import { onlyReads } from './request-info.ts';

const credentials = (name: string): Credentials => ({ authorization: `Bearer ${name}`, clientCertificate: null, clientKey: null, refusal: null });

describe('the loopback proxy', () => {
  let api: FakeApiServer;
  let transport: Transport;
  let proxy: LoopbackProxy;
  let calls: string[];

  beforeEach(async () => {
    api = new FakeApiServer();
    const context = await api.start({ current: async () => credentials('real'), renew: async () => credentials('renewed') });
    transport = createHttpTransport(await context.connection());
    calls = [];
    const onCall = ({ info, status }: ProxiedCall) => calls.push(`${info.method} ${info.path} ${status}`);
    const authorize = (info: Parameters<typeof onlyReads>[0]) => (onlyReads(info) ? null : new AppError('FORBIDDEN', 'Reading only.'));
    proxy = await openLoopbackProxy(transport, { authorize, onCall });
  });
  afterEach(async () => {
    await proxy.close();
    await transport.close();
    await api.stop();
  });

  function open(path: string, { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {}): Promise<IncomingMessage> {
    // A URL would be mended on the way.
    const { hostname, port } = new URL(proxy.server);
    const options = { hostname, port, path, method, ca: proxy.certificateAuthority, headers: { authorization: `Bearer ${proxy.token}`, ...headers } };
    return new Promise((resolve, reject) => request(options, resolve).on('error', reject).end());
  }
  const ask = async (path: string, options?: Parameters<typeof open>[1]) => {
    const response = await open(path, options);
    return { status: response.statusCode, body: JSON.parse(await text(response)) };
  };

  it('passes on what may pass, as it was written, and tells it', async () => {
    api.put(configMap('shop', 'settings', { mode: 'x' }));
    expect(await ask('/api/v1/namespaces/shop/configmaps?limit=5')).toMatchObject({ status: 200, body: { items: [{ data: { mode: 'x' } }] } });
    expect(await ask('/api/v1/namespaces/shop/configmaps/none')).toMatchObject({ status: 404, body: { kind: 'Status', code: 404 } });
    expect(api.requests).toEqual(['/api/v1/namespaces/shop/configmaps?limit=5', '/api/v1/namespaces/shop/configmaps/none']);
    expect(calls).toEqual(['GET /api/v1/namespaces/shop/configmaps 200', 'GET /api/v1/namespaces/shop/configmaps/none 404']);
  });

  it('lets a watch flow', async () => {
    const watch = await open('/api/v1/configmaps?watch=true&resourceVersion=100');
    api.put(configMap('shop', 'later', {}));
    const [first] = await new Promise<Buffer[]>((resolve) => watch.once('data', (chunk: Buffer) => resolve([chunk])));
    expect(String(first)).toContain('ADDED');
    watch.destroy();
  });

  it.each([
    ['no token', '/version', { headers: { authorization: '' } }, 401],
    ['a wrong token', '/version', { headers: { authorization: 'Bearer guessed' } }, 401],
    ['what is not allowed', '/api/v1/namespaces/shop/configmaps', { method: 'DELETE' }, 403],
    ['a path with a way out', '/api/v1/namespaces/shop/%2e%2e/other/secrets', {}, 400],
  ])('refuses %s, and the API server hears nothing', async (_name, path, options, status) => {
    expect(await ask(path, options)).toMatchObject({ status, body: { kind: 'Status', status: 'Failure', code: status, message: expect.stringMatching(/\w/) } });
    expect(api.requests).toEqual([]);
  });

  it('shows fresh credentials where the first are refused', async () => {
    api.refuseOnce('/version', 401);
    expect(await ask('/version')).toMatchObject({ status: 200, body: { minor: '35+' } });
    expect(calls).toEqual(['GET /version 200']);
  });

  it('says when the API server is gone', async () => {
    api.dropOnce('/version');
    expect(await ask('/version')).toMatchObject({ status: 502, body: { message: expect.stringContaining('broke off') } });
  });

  it('refuses to become a tunnel', async () => {
    const response = await open('/api/v1/namespaces/shop/pods/api/exec?command=sh', { headers: { connection: 'upgrade', upgrade: 'websocket' } });
    expect(response.statusCode).toBe(501);
    expect(calls).toEqual(['GET /api/v1/namespaces/shop/pods/api/exec 501']);
  });
});
