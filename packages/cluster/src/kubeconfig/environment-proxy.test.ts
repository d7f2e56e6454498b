import { expect, it } from 'vitest';
import { proxyFromEnvironment } from './environment-proxy.ts';

const proxy = 'http://proxy:3128';

it.each<[string, string, boolean]>([
  ['https://api.shop.io:6443', '', true],
  ['https://api.shop.io:6443', 'shop.io', false],
  ['https://shop.io', '.shop.io', true],
  ['https://api.shop.io', '*.shop.io', false],
  ['https://myshop.io', 'shop.io', true],
  ['https://api.shop.io:6443', 'api.shop.io:6443', false],
  ['https://api.shop.io:6443', 'api.shop.io:443', true],
  ['https://10.1.2.3:6443', 'other.io, 10.0.0.0/8', false],
  ['https://11.1.2.3:6443', '10.0.0.0/8', true],
  ['https://10.1.2.3:6443', '10.1.2.3', false],
  ['https://[fd00::1]:6443', 'fd00::/8', false],
  ['https://[fd00::1]:6443', 'fd00::1', false],
  ['https://127.0.0.1:6443', '', false],
  ['https://[::1]:6443', '', false],
  ['https://api.shop.io', '*', false],
  ['https://10.1.2.3', '10.0.0.0/99', true],
])('%s with NO_PROXY=%s', (server, noProxy, isProxied) => {
  expect(proxyFromEnvironment(server, { HTTPS_PROXY: proxy, NO_PROXY: noProxy })).toBe(isProxied ? proxy : null);
});

it('reads the variable of the scheme, in either case, and adds a missing scheme', () => {
  expect(proxyFromEnvironment('https://api', { HTTP_PROXY: proxy })).toBeNull();
  expect(proxyFromEnvironment('http://api', { http_proxy: 'proxy:3128' })).toBe(proxy);
});
