import { type Dispatcher, Pool, ProxyAgent } from 'undici';
import type { ConnectionSettings } from '../kubeconfig/cluster-context.ts';

/** Connections for requests that end soon; more wait their turn. */
const requestConnections = 12;
/** One a watch. A hub with more kinds and scopes than this would be a fault elsewhere. */
const streamConnections = 200;

export interface Dispatchers {
  /** For what ends soon. */
  requests: Dispatcher;
  /** For what lasts: a watch keeps its connection, so that lists never wait behind watches. */
  streams: Dispatcher;
}

/**
 * HTTP/1.1 on purpose. With HTTP/2 all watches and lists of a cluster would share one TCP connection and its
 * flow-control window: one large list, or one reader that is slow, holds up every other stream, and one lost
 * connection ends them all at once. Connections are kept alive, so a request costs no handshake.
 */
export function createDispatchers(connection: ConnectionSettings): Dispatchers {
  return { requests: createDispatcher(connection, requestConnections), streams: createDispatcher(connection, streamConnections) };
}

function createDispatcher(connection: ConnectionSettings, connections: number): Dispatcher {
  const tls = {
    ...(connection.certificateAuthority === null ? {} : { ca: connection.certificateAuthority }),
    ...(connection.clientCertificate === null ? {} : { cert: connection.clientCertificate }),
    ...(connection.clientKey === null ? {} : { key: connection.clientKey }),
    ...(connection.tlsServerName === null ? {} : { servername: connection.tlsServerName }),
    rejectUnauthorized: !connection.insecureSkipTlsVerify,
  };
  const options = { connections, allowH2: false, keepAliveTimeout: 30_000, connectTimeout: 10_000 };
  if (connection.proxyUrl !== null) return new ProxyAgent({ uri: connection.proxyUrl, requestTls: { ...tls, allowH2: false }, ...options });
  return new Pool(new URL(connection.server).origin, { ...options, connect: { ...tls, timeout: options.connectTimeout } });
}
