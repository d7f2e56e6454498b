import { SocksClient, type SocksProxy } from 'socks';
import { SocksProxyAgent } from 'socks-proxy-agent';
import { buildConnector } from 'undici';

/** What `node:tls` and undici both take. */
interface TlsOptions {
  ca?: string;
  cert?: string;
  key?: string;
  servername?: string;
  rejectUnauthorized?: boolean;
}

export function isSocks(proxyUrl: string): boolean {
  return /^socks5h?:/i.test(proxyUrl);
}

/**
 * Connects through a SOCKS5 proxy. The proxy looks names up, with `socks5` as with `socks5h`: kubectl does the same,
 * and the names of a cluster often mean something only on the other side.
 */
export function socksConnector(proxyUrl: string, tls: TlsOptions, timeoutMs: number): buildConnector.connector {
  const proxy = proxyOf(proxyUrl);
  const overTunnel = buildConnector({ ...tls, allowH2: false, timeout: timeoutMs });
  return (options, callback) => {
    const destination = { host: bare(options.hostname), port: Number(options.port) || (options.protocol === 'https:' ? 443 : 80) };
    SocksClient.createConnection({ proxy, command: 'connect', destination, timeout: timeoutMs }).then(
      ({ socket }) => (options.protocol === 'https:' ? overTunnel({ ...options, httpSocket: socket }, callback) : callback(null, socket)),
      (thrown: unknown) => callback(proxyFailure(thrown), null),
    );
  };
}

/** The same for WebSockets. */
export function socksAgent(proxyUrl: string, tls: TlsOptions): SocksProxyAgent {
  return new SocksProxyAgent(proxyUrl.replace(/^socks5h?:/i, 'socks5h:'), { keepAlive: false, ...tls });
}

function proxyOf(proxyUrl: string): SocksProxy {
  const { hostname, port, username, password } = new URL(proxyUrl);
  const login = username === '' ? {} : { userId: decodeURIComponent(username), password: decodeURIComponent(password) };
  return { host: bare(hostname), port: Number(port) || 1080, type: 5, ...login };
}

/** An IPv6 address as URLs write it, without the brackets. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** With a code as undici's own proxies have it: what the connection's errors are told by. */
function proxyFailure(cause: unknown): Error {
  return Object.assign(new Error('the SOCKS5 proxy did not connect', { cause }), { code: 'UND_ERR_PRX_CONN' });
}
