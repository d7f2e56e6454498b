import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CountingProxy, startSocksProxy } from '../testing/counting-proxy.ts';
import { fixedCredentials } from '../testing/fixed-credentials.ts';
import { fetchText } from './fetch-text.ts';
import { createHttpTransport } from './http-transport.ts';

const { signal } = new AbortController();
const about = { subject: { verb: 'get', resource: '/version', namespace: null }, signal } as const;
let proxy: CountingProxy;
beforeEach(async () => {
  proxy = await startSocksProxy();
});
afterEach(() => proxy.close());

it.each(['socks5', 'socks5h'])('%s leaves it to the proxy to look names up, and says that the proxy failed', async (scheme) => {
  const api = createHttpTransport({
    ...{ server: 'https://api.only-known-inside.invalid:6443', insecureSkipTlsVerify: false, tlsServerName: null, impersonation: {} },
    proxyUrl: proxy.url.replace('socks5', scheme),
    credentials: fixedCredentials({}),
    certificateAuthority: async () => null,
  });
  const lost = { code: 'CLUSTER_UNREACHABLE', message: expect.stringContaining('roxy') };
  await expect(api.json({ path: '/version', ...about })).rejects.toMatchObject(lost);
  await expect(api.socket({ path: '/exec', protocols: ['v5.channel.k8s.io'], ...about })).rejects.toMatchObject(lost);
  expect(new Set(proxy.asked)).toEqual(new Set(['api.only-known-inside.invalid:6443']));
  expect(proxy.asked.length).toBeGreaterThan(1);
  await api.close();
});

it('issuers are reached through it as well', async () => {
  const asking = fetchText({ url: 'https://issuer.invalid/keys', method: 'GET', certificateAuthority: null, proxyUrl: proxy.url, signal });
  await expect(asking).rejects.toThrow();
  expect(proxy.asked).toEqual(['issuer.invalid:443']);
});
