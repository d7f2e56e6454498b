import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Logger } from 'pino';
import { connectionLimits, limitConnections } from '../limits/limit-connections.ts';
import { loopbackOrigins, type ServedOrigins } from '../session/served-origins.ts';
import type { Exposure } from './exposure.ts';
import { listen } from './listen.ts';
import { followTlsPair, readTlsPair } from './tls-files.ts';

export interface BoundServer {
  server: Server;
  port: number;
  /** Where browsers find it; the first is what people are told. */
  origins: ServedOrigins;
  /** Whether browsers come over TLS: its own, or that of a proxy. */
  secure: boolean;
  /** Stops looking after the certificate. */
  release(): void;
}

/** Listens, with TLS where there is a certificate. Throws VALIDATION_ERROR for one that can't be used, CONFLICT for a port that is taken. */
export async function bindServer(exposure: Exposure, wanted: number | null, log: Logger): Promise<BoundServer> {
  const { server, release } = await createBare(exposure, log);
  try {
    limitConnections(server, exposure.proxies);
    const port = await listen(server, exposure.host, wanted);
    const own = loopbackOrigins(port, exposure.tls === null ? 'http' : 'https');
    const first = exposure.host === '::1' ? [...own].reverse() : own;
    const origins = originsOf(exposure, first);
    return { server, port, origins, secure: origins.every((origin) => origin.startsWith('https:')), release };
  } catch (thrown) {
    release();
    throw thrown;
  }
}

/** Where browsers come over TLS they come no other way: a cookie that is safe there is not safe on a plain port of this machine. */
function originsOf({ publicUrl, tls }: Exposure, own: ServedOrigins): ServedOrigins {
  if (publicUrl === null) return own;
  return publicUrl.startsWith('https:') && tls === null ? [publicUrl] : [publicUrl, ...own];
}

async function createBare({ tls }: Exposure, log: Logger): Promise<{ server: Server; release(): void }> {
  if (tls === null) return { server: createServer(connectionLimits), release: () => undefined };
  const pair = await readTlsPair(tls);
  const server = createTlsServer({ ...connectionLimits, ...pair, minVersion: 'TLSv1.2' });
  return { server, release: followTlsPair(tls, pair, (renewed) => server.setSecureContext({ ...renewed, minVersion: 'TLSv1.2' }), log) };
}
