import { describe, expect, it } from 'vitest';
import { networkOf, peerAddress } from '../session/peer-address.ts';
import { type ExposureFlags, readExposure } from './exposure.ts';

const tls = { 'tls-cert': 'c.pem', 'tls-key': 'k.pem' };
const proxied = { 'insecure-behind-proxy': true, 'trusted-proxies': '10.0.0.0/8, fd00::1' };
const url = { 'public-url': 'https://workbench.example' };

describe('who can reach the workbench', () => {
  it('is this machine, where nothing is said', () => {
    expect(readExposure({}, {}, false)).toEqual({ host: '127.0.0.1', tls: null, proxies: null, publicUrl: null });
    expect(readExposure({}, { HOST: '[::1]' }, false).host).toBe('::1');
  });

  it.each<[string, boolean, ExposureFlags, string]>([
    ['one person', false, { ...tls, ...url }, '--team'],
    ['a team without TLS', true, url, '--tls-cert'],
    ['a team without an address', true, tls, '--public-url'],
    ['a team at an address without TLS', true, { ...proxied, 'public-url': 'http://workbench.example' }, 'https://'],
    ['proxies that are not named', true, { 'insecure-behind-proxy': true, ...url }, '--trusted-proxies'],
    ['named proxies alone', true, { 'trusted-proxies': '10.0.0.1', ...url }, '--insecure-behind-proxy'],
    ['half of TLS', true, { 'tls-cert': 'c.pem', ...url }, '--tls-key'],
    ['everybody as a proxy', true, { ...proxied, 'trusted-proxies': '0.0.0.0/0', ...url }, '10.0.0.0/8'],
    ['no number of proxies', true, { ...proxied, 'proxy-hops': 'two', ...url }, '--proxy-hops'],
    ['a path', true, { ...tls, 'public-url': 'https://workbench.example/q' }, 'https://workbench.example'],
  ])('is no other machine for %s', (_, team, flags, hint) => {
    expect(() => readExposure(flags, { HOST: '0.0.0.0' }, team)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_ERROR', hint: expect.stringContaining(hint) }),
    );
  });

  it('is everybody, for a team with TLS of its own or of its proxies', () => {
    expect(readExposure({ ...tls, ...url }, { HOST: '0.0.0.0' }, true)).toMatchObject({ host: '0.0.0.0', publicUrl: 'https://workbench.example' });
    expect(readExposure({ ...proxied, ...url }, { HOST: '::' }, true)).toMatchObject({ host: '::', tls: null, proxies: { hops: 1 } });
  });

  it('is no name', () => {
    expect(() => readExposure({}, { HOST: 'workbench.example' }, true)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
  });
});

describe('where a call comes from', () => {
  const { proxies } = readExposure({ ...proxied, 'proxy-hops': '2' }, {}, true);

  it.each([
    ['nobody is believed without a proxy', '203.0.113.9', '1.1.1.1', null, '203.0.113.9'],
    ['nor who is no proxy of ours', '203.0.113.9', '1.1.1.1', proxies, '203.0.113.9'],
    ['our proxies are, as far as there are of them', '10.1.1.1', '6.6.6.6, 198.51.100.7, 10.2.2.2', proxies, '198.51.100.7'],
    ['who left some out is told by the first', '10.1.1.1', '10.2.2.2', proxies, '10.2.2.2'],
    ['a proxy that says nothing is it', '::ffff:10.1.1.1', null, proxies, '10.1.1.1'],
    ['what is no address is nothing', 'fd00::1', 'unknown, x', proxies, 'fd00::1'],
  ])('%s', (_, peer, forwarded, believed, address) => {
    expect(peerAddress(peer, forwarded, believed)).toBe(address);
  });

  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:DB8:0:7:1:2:3:4', '2001:db8:0:7::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network));
});
