import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { CredentialSource, Credentials } from '../credentials/credentials.ts';
import { selfSignedCertificate } from '../proxy/self-signed-certificate.ts';
import { FakeApiServer } from '../testing/fake-api-server.ts';
import { createHttpTransport } from './http-transport.ts';
import type { Transport } from './transport.ts';

const { signal } = new AbortController();
const request = { path: '/version', subject: { verb: 'get', resource: '/version', namespace: null }, signal } as const;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function credentialsOf(name: string, change: Partial<Credentials> = {}): Credentials {
  const refusal = { message: `The plug-in's ${name} is refused.`, hint: 'Log in.', details: { stderr: 'hm' } };
  return { authorization: `Bearer ${name}`, clientCertificate: null, clientKey: null, refusal, ...change };
}

describe('refused credentials', () => {
  async function transportWith(renew: CredentialSource['renew']) {
    const server = new FakeApiServer();
    const context = await server.start({ current: async () => credentialsOf('first'), renew });
    const transport = createHttpTransport(await context.connection());
    closing.push(
      () => server.stop(),
      () => transport.close(),
    );
    return { server, transport };
  }

  it('are replaced once and the request repeated, also that of a stream', async () => {
    const refused: Credentials[] = [];
    const { server, transport } = await transportWith(async (one) => {
      refused.push(one);
      return credentialsOf('second');
    });
    server.refuseOnce('/version', 401);
    await expect(transport.json(request)).resolves.toMatchObject({ minor: '35+' });
    server.refuseOnce('/configmaps', 401);
    const stream = await transport.stream({ ...request, path: '/api/v1/configmaps', query: { watch: 'true', resourceVersion: '100' }, idleTimeoutMs: 5_000 });
    stream.close();
    expect(refused.map(({ authorization }) => authorization)).toEqual(['Bearer first', 'Bearer first']);
  });

  it('twice are an error that says so', async () => {
    const { server, transport } = await transportWith(async () => credentialsOf('second'));
    server.refuseOnce('/version', 401);
    server.refuseOnce('/version', 401);
    const error = { code: 'CLUSTER_AUTH_FAILED', message: "The plug-in's second is refused.", details: { status: 401, verb: 'get', stderr: 'hm' } };
    await expect(transport.json(request)).rejects.toMatchObject(error);
    expect(server.requests).toHaveLength(2);
  });

  it('without others are not shown again', async () => {
    const { server, transport } = await transportWith(async () => null);
    server.refuseOnce('/version', 401);
    await expect(transport.json(request)).rejects.toMatchObject({ code: 'CLUSTER_AUTH_FAILED' });
    expect(server.requests).toHaveLength(1);
  });

  it('that are refused with 403 are not replaced', async () => {
    const { server, transport } = await transportWith(() => Promise.reject(new Error('nobody asks')));
    server.refuseOnce('/version', 403);
    await expect(transport.json(request)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a certificate that is replaced', () => {
  const ann = selfSignedCertificate('ann');
  const bob = selfSignedCertificate('bob');
  const api = selfSignedCertificate('api');

  /** An API server that answers with the name in the client's certificate; watches get it and stay open. */
  async function start(): Promise<Server> {
    const options = { cert: api.certificate, key: api.key, requestCert: true, ca: [ann.certificate, bob.certificate] };
    const server = createServer(options, (incoming, response) => {
      const name = incoming.socket instanceof TLSSocket ? incoming.socket.getPeerCertificate().subject.CN : null;
      response.write(`${JSON.stringify({ name })}\n`);
      if (incoming.url === '/watch') setTimeout(() => response.end('{"last":true}\n'), 200);
      else response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    return server;
  }

  function open(server: Server, current: () => Credentials): Transport {
    const address: AddressInfo | string | null = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const transport = createHttpTransport({
      server: `https://127.0.0.1:${address.port}`,
      insecureSkipTlsVerify: false,
      tlsServerName: null,
      proxyUrl: null,
      impersonation: {},
      credentials: { current: async () => current(), renew: async () => null },
      certificateAuthority: async () => api.certificate,
    });
    closing.push(() => transport.close());
    return transport;
  }

  it('gets new connections; what runs on the old ones runs to its end', async () => {
    let credentials = credentialsOf('x', { clientCertificate: ann.certificate, clientKey: ann.key });
    const server = await start();
    const transport = open(server, () => credentials);
    expect(await transport.json(request)).toEqual({ name: 'ann' });
    const stream = await transport.stream({ ...request, path: '/watch', idleTimeoutMs: 5_000 });
    credentials = credentialsOf('x', { clientCertificate: bob.certificate, clientKey: bob.key });
    expect(await transport.json(request)).toEqual({ name: 'bob' });
    const lines: string[] = [];
    for await (const line of stream.lines) lines.push(line);
    expect(lines).toEqual(['{"name":"ann"}', '{"last":true}']);
  });
});
