import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSignedCertificate } from '../proxy/self-signed-certificate.ts';
import { type CountingProxy, startConnectProxy, startSocksProxy } from '../testing/counting-proxy.ts';
import { encoded, LoginSandbox, testKubeconfig, whoAmI } from '../testing/login-sandbox.ts';

const certificate = selfSignedCertificate('proxy');

/** By name: how it is started, and the URL that the kubeconfig has. */
const proxies: Record<string, { start(): Promise<CountingProxy>; url?(url: string): string; cluster?(authority: string): object }> = {
  'an HTTP proxy': { start: () => startConnectProxy() },
  'an HTTP proxy with a login': { start: () => startConnectProxy({ login: 'ann:geheim' }) },
  'an HTTPS proxy that the kubeconfig knows': {
    start: () => startConnectProxy({ tls: certificate }),
    cluster: (authority) => ({ 'certificate-authority-data': encoded(authority + certificate.certificate), 'tls-server-name': 'kubernetes' }),
  },
  'a SOCKS5 proxy': { start: () => startSocksProxy() },
  'a SOCKS5 proxy with a login': { start: () => startSocksProxy({ login: 'ann:geheim' }) },
  'a SOCKS5 proxy that is told names (socks5h)': { start: () => startSocksProxy(), url: (url) => url.replace('socks5:', 'socks5h:') },
};

describe.skipIf(testKubeconfig === '')('a cluster behind', () => {
  let sandbox: LoginSandbox;
  beforeAll(async () => {
    sandbox = await LoginSandbox.open('auth-proxies');
    await sandbox.pod('hidden');
  });
  afterAll(() => sandbox.close());

  it.each(Object.entries(proxies))(
    '%s is reached through it, with requests, watches and WebSockets',
    async (_name, { start, url = (same) => same, cluster }) => {
      const proxy = await start();
      try {
        const { host } = new URL(sandbox.server);
        const api = await sandbox.connect(sandbox.admin, { 'proxy-url': url(proxy.url), ...cluster?.(sandbox.authority) });
        for (let i = 0; i < 10; i += 1) expect(await whoAmI(api)).toMatchObject({ username: 'admin' });
        expect(new Set(proxy.asked)).toEqual(new Set([host]));
        expect(proxy.asked.length).toBeLessThan(5);
        const before = proxy.asked.length;
        expect(await sandbox.echo(api, 'hidden', 'hello')).toBe('hello');
        expect(proxy.asked.length).toBeGreaterThan(before);
        const watch = { path: '/api/v1/namespaces', query: { watch: 'true' }, subject: { verb: 'watch', resource: 'namespaces', namespace: null } } as const;
        const stream = await api.stream({ ...watch, idleTimeoutMs: 10_000, signal: AbortSignal.timeout(30_000) });
        for await (const line of stream.lines) {
          expect(JSON.parse(line)).toMatchObject({ type: 'ADDED' });
          break;
        }
        stream.close();
        await api.close();
      } finally {
        await proxy.close();
      }
    },
  );

  it('a proxy that is not there says which', async () => {
    const proxy = await startSocksProxy();
    await proxy.close();
    const api = await sandbox.connect(sandbox.admin, { 'proxy-url': proxy.url });
    const lost = { code: 'CLUSTER_UNREACHABLE', message: expect.stringContaining(new URL(proxy.url).host) };
    await expect(whoAmI(api)).rejects.toMatchObject(lost);
    await expect(sandbox.echo(api, 'hidden', 'x')).rejects.toMatchObject(lost);
  });

  it('an HTTPS proxy that nobody vouches for is not trusted with anything', async () => {
    const proxy = await startConnectProxy({ tls: certificate });
    try {
      const api = await sandbox.connect(sandbox.admin, { 'proxy-url': proxy.url });
      await expect(whoAmI(api)).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
      await expect(sandbox.echo(api, 'hidden', 'x')).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
      expect(proxy.asked).toEqual([]);
    } finally {
      await proxy.close();
    }
  });
});
