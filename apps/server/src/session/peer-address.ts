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
