import { BlockList, isIP } from 'node:net';
import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';

/** Who can reach the workbench, and by which names. */
export interface Exposure {
  /** The address that it listens on. */
  host: string;
  /** Files in PEM; null where it speaks plain HTTP. */
  tls: { certificate: string; key: string } | null;
  /** The proxies in front of it; null where there are none, and what calls say of proxies is not believed. */
  proxies: TrustedProxies | null;
  /** Where browsers find it, as `https://workbench.example`; null for this machine alone. */
  publicUrl: string | null;
}

export interface TrustedProxies {
  /** Addresses that a call may come from by way of a proxy of ours. */
  trusted: BlockList;
  /** How many of our proxies a call goes through: so many entries from the right of `X-Forwarded-For` are true. */
  hops: number;
}

export interface ExposureFlags {
  'tls-cert'?: string | undefined;
  'tls-key'?: string | undefined;
  'public-url'?: string | undefined;
  'insecure-behind-proxy'?: boolean | undefined;
  'trusted-proxies'?: string | undefined;
  'proxy-hops'?: string | undefined;
}

export const onThisMachine: Exposure = { host: '127.0.0.1', tls: null, proxies: null, publicUrl: null };

const loopback: Readonly<Record<string, string>> = { '127.0.0.1': '127.0.0.1', localhost: '127.0.0.1', '::1': '::1', '[::1]': '::1' };

/**
 * Reads how the workbench is reached. Anything but a loopback address needs a team (whoever reaches a workbench of one person
 * acts with that person's kubeconfig), and TLS, of its own or of a proxy that is named. Throws VALIDATION_ERROR.
 */
export function readExposure(flags: ExposureFlags, environment: Readonly<Record<string, string | undefined>>, team: boolean): Exposure {
  const exposure = {
    host: readHost(environment.HOST),
    tls: readTls(flags['tls-cert'] ?? environment.QUARTERDECK_TLS_CERT, flags['tls-key'] ?? environment.QUARTERDECK_TLS_KEY),
    proxies: readProxies(flags, environment),
    publicUrl: readPublicUrl(flags['public-url'] ?? environment.QUARTERDECK_PUBLIC_URL),
  };
  if (Object.values(loopback).includes(exposure.host)) return exposure;
  const { host, tls, proxies, publicUrl } = exposure;
  if (!team)
    throw refused(`HOST is "${host}", and a workbench of one person listens on this machine alone.`, 'Use 127.0.0.1 or ::1 and an SSH tunnel, or --team.');
  if (tls === null && proxies === null) {
    throw refused(
      `HOST is "${host}", where other machines would send passwords without TLS.`,
      'Give --tls-cert and --tls-key, or --insecure-behind-proxy where a proxy has TLS.',
    );
  }
  if (publicUrl === null) throw refused('It is not said under which address people open the workbench.', 'Give --public-url https://WORKBENCH.');
  if (!publicUrl.startsWith('https://')) throw refused(`The public URL ${publicUrl} has no TLS.`, 'Give one that begins with https://.');
  return exposure;
}

function readHost(text: string | undefined): string {
  const host = text || '127.0.0.1';
  const known = loopback[host];
  if (known !== undefined) return known;
  if (isIP(host) !== 0) return host;
  throw refused(`HOST is "${host}", which is no address.`, 'Give an IP address: 127.0.0.1, or 0.0.0.0 for a team.');
}

function readTls(certificate: string | undefined, key: string | undefined): Exposure['tls'] {
  if (!certificate && !key) return null;
  if (certificate && key) return { certificate, key };
  throw refused('TLS needs a certificate and its key.', 'Give both --tls-cert and --tls-key.');
}

function readProxies(flags: ExposureFlags, environment: Readonly<Record<string, string | undefined>>): TrustedProxies | null {
  const list = flags['trusted-proxies'] ?? environment.QUARTERDECK_TRUSTED_PROXIES ?? '';
  if (flags['insecure-behind-proxy'] !== true && environment.QUARTERDECK_INSECURE_BEHIND_PROXY !== 'true') {
    if (list === '') return null;
    throw refused('Proxies are named, and it is not said that the workbench is behind them.', 'Give --insecure-behind-proxy as well.');
  }
  if (list === '') throw refused('It is not said which proxies the workbench is behind.', 'Give their addresses: --trusted-proxies 10.0.0.0/8.');
  const hops = z.coerce
    .number()
    .int()
    .min(1)
    .max(10)
    .safeParse(flags['proxy-hops'] ?? environment.QUARTERDECK_PROXY_HOPS ?? '1');
  if (!hops.success) throw refused('The number of proxies is not understood.', 'Give --proxy-hops from 1 to 10.');
  return { trusted: addresses(list), hops: hops.data };
}

function addresses(list: string): BlockList {
  const found = new BlockList();
  for (const part of list.split(',').map((text) => text.trim())) {
    const [address = '', bits] = part.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const most = family === 'ipv6' ? 128 : 32;
    const prefix = bits === undefined ? most : Number(bits);
    if (isIP(address) === 0 || !Number.isInteger(prefix) || prefix < 1 || prefix > most)
      throw refused(`"${part}" is no address of a proxy.`, 'Write 10.0.0.7 or 10.0.0.0/8.');
    found.addSubnet(address, prefix, family);
  }
  return found;
}

function readPublicUrl(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (plain) return url.origin;
  throw refused('The public URL is not understood.', 'Give scheme, host and port alone: https://workbench.example.');
}

function refused(message: string, hint: string): AppError {
  return new AppError('VALIDATION_ERROR', message, { hint });
}
