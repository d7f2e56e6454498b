import type { LookupAddress } from 'node:dns';
import { expect, it } from 'vitest';
import { isPrivateAddress, publicLookup } from './address-guard.ts';

it.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['192.168.0.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['0.0.0.0', true],
  ['255.255.255.255', true],
  ['8.8.8.8', false],
  ['::1', true],
  ['::', true],
  ['fe80::1', true],
  ['fd00::1', true],
  ['::ffff:10.0.0.1', true],
  ['::ffff:a00:1', true],
  ['64:ff9b::a00:1', true],
  ['2001:4860:4860::8888', false],
  ['not an address', true],
])('%s is inside: %s', (address, inside) => expect(isPrivateAddress(address)).toBe(inside));

/** What a lookup that finds these addresses gives to a connection. */
function found(addresses: LookupAddress[], all: boolean): Promise<unknown> {
  const lookup = publicLookup((_hostname, _options, tell) => tell(null, addresses));
  return new Promise((resolve, reject) => lookup('hook.example', { all }, (error, address) => (error === null ? resolve(address) : reject(error))));
}

it('gives a connection only addresses that were looked at, all of them public', async () => {
  const outside = { address: '93.184.216.34', family: 4 };
  expect(await found([outside], false)).toBe('93.184.216.34');
  expect(await found([outside], true)).toEqual([outside]);
  for (const addresses of [[{ address: '10.0.0.1', family: 4 }], [outside, { address: '::1', family: 6 }], []]) {
    await expect(found(addresses, true)).rejects.toThrow('private network');
  }
});
