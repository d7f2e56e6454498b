import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { getCACertificates } from 'node:tls';
import { AppError } from '@quarterdeck/contract';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { type Dispatcher, Pool, ProxyAgent } from 'undici';
import type { ConnectionSettings } from '../kubeconfig/cluster-context.ts';
import { isSocks, socksAgent, socksConnector } from './socks-connector.ts';

/** Connections for requests that end soon; more wait their turn. */
const requestConnections = 12;
/** One a watch; who may list some namespaces alone needs one a kind and namespace. More than this would be a fault elsewhere. */
const streamConnections = 500;

export interface Dispatchers {
  /** For what ends soon. */
  requests: Dispatcher;
  /** For what lasts: a watch keeps its connection, so that lists never wait behind watches. */
  streams: Dispatcher;
}

/** What a TLS connection is made with. PEM texts. */
export interface TlsIdentity {
  certificateAuthority: string | null;
  clientCertificate: string | null;
  clientKey: string | null;
}

/**
 * HTTP/1.1 on purpose. With HTTP/2 all watches and lists of a cluster would share one TCP connection and its
 * flow-control window: one large list, or one reader that is slow, holds up every other stream, and one lost
 * connection ends them all at once. Connections are kept alive, so a request costs no handshake.
 */
export class ConnectionPool {
  private readonly connection: ConnectionSettings;
  private current: { identity: TlsIdentity; dispatchers: Dispatchers } | null = null;
  /** Of identities that were replaced: what runs on them runs to its end. */
  private readonly draining = new Set<Dispatcher>();

  private agent: { identity: TlsIdentity; agent: HttpAgent } | null = null;
  private destroyed = false;

  constructor(connection: ConnectionSettings) {
    this.connection = connection;
  }

  /** Connections for this identity. A TLS connection keeps the certificate it began with, so another one needs new connections. */
  use(identity: TlsIdentity): Dispatchers {
    if (this.destroyed) throw new AppError('CANCELLED', 'The cluster was closed.');
    if (this.current !== null && isSame(this.current.identity, identity)) return this.current.dispatchers;
    if (this.current !== null) this.drain(this.current.dispatchers);
    const open = (connections: number) => createDispatcher(this.connection, identity, connections);
    this.current = { identity, dispatchers: { requests: open(requestConnections), streams: open(streamConnections) } };
    return this.current.dispatchers;
  }

  /**
   * Makes the connections of WebSockets, one each: they are as long-lived as watches and can't be shared. One agent an
   * identity, which remembers the TLS session: a port-forward opens one for every connection it carries.
   */
  socketAgent(identity: TlsIdentity): HttpAgent {
    if (this.destroyed) throw new AppError('CANCELLED', 'The cluster was closed.');
    if (this.agent === null || !isSame(this.agent.identity, identity)) this.agent = { identity, agent: this.createAgent(identity) };
    return this.agent.agent;
  }

  private createAgent(identity: TlsIdentity): HttpAgent {
    const { server, proxyUrl } = this.connection;
    const tls = tlsOptions(this.connection, identity);
    if (proxyUrl !== null && isSocks(proxyUrl)) return socksAgent(proxyUrl, tls);
    if (proxyUrl !== null) return httpProxyAgent(proxyUrl, tls, proxyTlsOptions(this.connection, identity));
    return server.startsWith('https:') ? new HttpsAgent(tls) : new HttpAgent();
  }

  /** Ends everything, also what runs, but for WebSockets: those end with whoever opened them. */
  async destroy(): Promise<void> {
    this.destroyed = true;
    const { requests, streams } = this.current?.dispatchers ?? {};
    await Promise.all([requests, streams, ...this.draining].map((dispatcher) => dispatcher?.destroy()));
  }

  private drain({ requests, streams }: Dispatchers): void {
    for (const dispatcher of [requests, streams]) {
      this.draining.add(dispatcher);
      dispatcher.close(() => this.draining.delete(dispatcher));
    }
  }
}

function isSame(one: TlsIdentity, other: TlsIdentity): boolean {
  return one.certificateAuthority === other.certificateAuthority && one.clientCertificate === other.clientCertificate && one.clientKey === other.clientKey;
}

function tlsOptions(connection: ConnectionSettings, identity: TlsIdentity) {
  return {
    ...(identity.certificateAuthority === null ? {} : { ca: identity.certificateAuthority }),
    ...(identity.clientCertificate === null ? {} : { cert: identity.clientCertificate }),
    ...(identity.clientKey === null ? {} : { key: identity.clientKey }),
    ...(connection.tlsServerName === null ? {} : { servername: connection.tlsServerName }),
    rejectUnauthorized: !connection.insecureSkipTlsVerify,
  };
}

/** The same authorities and the same doubts as for the cluster, as for kubectl; those of the system count as well. */
function proxyTlsOptions({ insecureSkipTlsVerify }: ConnectionSettings, { certificateAuthority }: TlsIdentity) {
  const trusted = certificateAuthority === null ? {} : { ca: [...getCACertificates('default'), certificateAuthority] };
  return { ...trusted, rejectUnauthorized: !insecureSkipTlsVerify };
}

/** The agent's own options are for the proxy, which must neither be asked for the cluster's name nor see our certificate; those of the cluster come with the request. */
function httpProxyAgent(proxyUrl: string, tls: ReturnType<typeof tlsOptions>, proxyTls: ReturnType<typeof proxyTlsOptions>): HttpAgent {
  const agent = new HttpsProxyAgent(proxyUrl, proxyTls);
  Object.assign(agent.options, tls);
  return agent;
}

function createDispatcher(connection: ConnectionSettings, identity: TlsIdentity, connections: number): Dispatcher {
  const tls = tlsOptions(connection, identity);
  const options = { connections, allowH2: false, keepAliveTimeout: 30_000, connectTimeout: 10_000 };
  const { server, proxyUrl } = connection;
  if (proxyUrl !== null && !isSocks(proxyUrl))
    return new ProxyAgent({ uri: proxyUrl, requestTls: { ...tls, allowH2: false }, proxyTls: proxyTlsOptions(connection, identity), ...options });
  const connect = proxyUrl === null ? { ...tls, timeout: options.connectTimeout } : socksConnector(proxyUrl, tls, options.connectTimeout);
  return new Pool(new URL(server).origin, { ...options, connect });
}
