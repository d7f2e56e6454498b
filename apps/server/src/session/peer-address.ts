import { isIP } from 'node:net';
import type { TrustedProxies } from '../config/exposure.ts';

/**
 * The address that a call comes from. `X-Forwarded-For` is believed from our own proxies alone, and of it only what they
 * wrote themselves: each appends the address that it saw, so with two of them the second from the right is the caller.
 */
export function peerAddress(socketAddress: string, forwardedFor: string | null, proxies: TrustedProxies | null): string {
  const peer = plain(socketAddress);
  if (peer === '' || proxies === null || !proxies.trusted.check(peer, isIP(peer) === 6 ? 'ipv6' : 'ipv4')) return peer;
  const seen = (forwardedFor ?? '').split(',').map((text) => plain(text.trim()));
  const caller = seen.at(-proxies.hops) ?? seen[0] ?? '';
  return isIP(caller) === 0 ? peer : caller;
}

/** An IPv4 address that came over an IPv6 socket, as people write it. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/**
 * Whose address it is, for limits: a subscriber of IPv6 has 2^64 addresses and more (RFC 6177), and may take another one for
 * each call. The first 64 bits of it; of IPv4 the address.
 */
export function networkOf(address: string): string {
  const known = plain(address);
  if (isIP(known) !== 6) return known;
  const [before = '', after] = new URL(`http://[${known.split('%')[0]}]`).hostname.slice(1, -1).split('::');
  const [first, last] = [groupsOf(before), groupsOf(after ?? '')];
  const left = after === undefined ? 0 : 8 - first.length - last.length;
  return `${[...first, ...Array<string>(left).fill('0'), ...last].slice(0, 4).join(':')}::/64`;
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
