import type { Forward, ForwardPort } from '@quarterdeck/contract';

/** Who can use a forward's port. */
export type Reach = 'thisMachine' | 'serverMachine' | 'others';

const everyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::', '[::]']);

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\./.test(host);
}

/** `pageHost` is where the browser found the workbench: elsewhere than on this machine, its ports are elsewhere too. */
export function reachOf({ address }: Pick<Forward, 'address'>, pageHost: string): Reach {
  if (!isLoopback(address)) return 'others';
  return isLoopback(pageHost) ? 'thisMachine' : 'serverMachine';
}

/** Where a browser here finds the port: `127.0.0.1:41234`; null where it does not. */
export function addressOf(forward: Pick<Forward, 'address'>, { local }: ForwardPort, pageHost: string): string | null {
  const { address } = forward;
  if (reachOf(forward, pageHost) === 'serverMachine' || local === 0) return null;
  const host = everyAddress.has(address) ? pageHost : address;
  return `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${local}`;
}

/** What a port is called and numbered by says whether TLS is spoken behind it. */
export function schemeOf({ remote }: Pick<ForwardPort, 'remote'>): 'http' | 'https' {
  return /^https|^tls/.test(String(remote)) || [443, 8443, 6443].includes(Number(remote)) ? 'https' : 'http';
}
