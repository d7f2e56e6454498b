import { X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server, request as sendRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { ConnectionSettings } from '../kubeconfig/cluster-context.ts';
import { type KeyedCertificate, selfSignedCertificate } from '../proxy/self-signed-certificate.ts';

/** What happens to one response of the API server on its way. */
export interface Fault {
  /** On `path?query`. */
  matches: RegExp;
  /** The request is answered here, and the API server never sees it. */
  answer?: { status: number; headers?: Record<string, string>; body: string };
  /** The API server is asked for this in place of what the client asked for. */
  rewrite?(path: string): string;
  /** The connection breaks after so many bytes of the response's body. */
  breakAfter?: number;
}

/** A response that is under way to the client. */
interface Passing {
  request: IncomingMessage;
  response: ServerResponse;
  upstream: IncomingMessage;
}

/**
 * Stands between a client and a real API server on loopback and does to their connections what networks, load balancers
 * and tired servers do. It ends TLS with a certificate of its own; towards the API server it is whoever `upstream` is.
 */
export class FaultProxy {
  /** `path?query` of every request, oldest first. */
  readonly requests: string[] = [];
  /** Where it is set, others are answered with 401: the value of the Authorization header. */
  acceptedAuthorization: string | null = null;
  /** Where it is set, others are answered with 401: the PEM text of the client's certificate. */
  acceptedCertificate: string | null = null;
  private readonly upstream: ConnectionSettings;
  private readonly server: Server;
  private readonly sockets = new Set<Duplex>();
  private readonly passing = new Set<Passing>();
  private readonly faults: Fault[] = [];

  private constructor(upstream: ConnectionSettings, { certificate, key }: KeyedCertificate) {
    this.upstream = upstream;
    this.server = createServer({ cert: certificate, key, requestCert: true, rejectUnauthorized: false });
    this.server.on('request', (request, response) => this.take(request, response));
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    });
    // A client that does not trust the certificate ends the handshake; it tells its own user why.
    this.server.on('tlsClientError', () => undefined);
  }

  static async start(upstream: ConnectionSettings, certificate: KeyedCertificate = selfSignedCertificate('fault proxy')): Promise<FaultProxy> {
    const proxy = new FaultProxy(upstream, certificate);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The fault proxy does not listen.');
    return `https://127.0.0.1:${address.port}`;
  }

  get openWatches(): number {
    return [...this.passing].filter(({ request }) => isWatch(request)).length;
  }

  /** For the next request that it matches, once. */
  planOnce(fault: Fault): void {
    this.faults.push(fault);
  }

  /** Breaks every connection, those without a request too. */
  breakConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** From now on nothing arrives on the watches that are open, and nobody is told: no FIN, no RST. */
  stallWatches(): void {
    for (const { upstream, response, request } of this.passing) {
      if (!isWatch(request)) continue;
      upstream.unpipe(response);
      upstream.removeAllListeners('data').resume();
    }
  }

  /** Of the next bytes on each open watch only half arrives; then the response ends as if it were complete. */
  halveNextEvents(): void {
    for (const { upstream, response, request } of this.passing) {
      if (!isWatch(request)) continue;
      upstream.unpipe(response);
      upstream.removeAllListeners('data').resume();
      upstream.once('data', (chunk: Buffer) => response.end(chunk.subarray(0, chunk.byteLength >> 1)));
    }
  }

  /** Sends these bytes on every open watch, between two events of the API server. */
  sayToWatches(chunk: Buffer): void {
    for (const { response, request } of this.passing) if (isWatch(request)) response.write(chunk);
  }

  /** Shows this certificate from the next connection on, and breaks those that there are. */
  showCertificate({ certificate, key }: KeyedCertificate): void {
    this.server.setSecureContext({ cert: certificate, key });
    this.breakConnections();
  }

  async stop(): Promise<void> {
    this.breakConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/';
    this.requests.push(path);
    const index = this.faults.findIndex(({ matches }) => matches.test(path));
    const [fault] = index < 0 ? [] : this.faults.splice(index, 1);
    if (!this.isAccepted(request)) reply(response, 401, {}, statusText(401, 'Unauthorized', 'Unauthorized'));
    else if (fault?.answer !== undefined) reply(response, fault.answer.status, fault.answer.headers ?? {}, fault.answer.body);
    else this.forward(request, response, fault).catch(() => response.destroy());
  }

  private isAccepted(request: IncomingMessage): boolean {
    if (this.acceptedAuthorization !== null && request.headers.authorization !== this.acceptedAuthorization) return false;
    if (this.acceptedCertificate === null) return true;
    return peerFingerprint(request.socket) === new X509Certificate(this.acceptedCertificate).fingerprint256;
  }

  private async forward(request: IncomingMessage, response: ServerResponse, fault: Fault | undefined): Promise<void> {
    const path = request.url ?? '/';
    const { authorization, clientCertificate, clientKey } = await this.upstream.credentials.current(AbortSignal.timeout(10_000));
    const { host: _host, authorization: _own, ...headers } = request.headers;
    const sent = sendRequest(`${this.upstream.server}${fault?.rewrite?.(path) ?? path}`, {
      method: request.method,
      headers: { ...headers, ...(authorization === null ? {} : { authorization }) },
      ca: (await this.upstream.certificateAuthority()) ?? undefined,
      cert: clientCertificate ?? undefined,
      key: clientKey ?? undefined,
      agent: false,
    });
    response.on('close', () => sent.destroy());
    sent.on('error', () => response.destroy());
    sent.on('response', (upstream) => this.pass({ request, response, upstream }, fault?.breakAfter));
    request.pipe(sent);
  }

  private pass(passing: Passing, breakAfter: number | undefined): void {
    const { response, upstream } = passing;
    this.passing.add(passing);
    response.on('close', () => this.passing.delete(passing));
    upstream.on('error', () => response.destroy());
    response.writeHead(upstream.statusCode ?? 502, upstream.headers);
    response.flushHeaders();
    if (breakAfter !== undefined) breakResponse(passing, breakAfter);
    else upstream.pipe(response);
  }
}

/** A `Status` as the API server writes it. */
export function statusText(code: number, reason: string, message: string): string {
  return JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code });
}

function breakResponse({ response, upstream }: Passing, after: number): void {
  let passed = 0;
  upstream.on('data', (chunk: Buffer) => {
    passed += chunk.byteLength;
    if (passed < after) response.write(chunk);
    else response.write(chunk.subarray(0, Math.max(0, chunk.byteLength - (passed - after))), () => response.destroy());
  });
  upstream.on('end', () => response.destroy());
}

function isWatch(request: IncomingMessage): boolean {
  return request.url?.includes('watch=true') ?? false;
}

function peerFingerprint(socket: Socket): string | null {
  const tls: Socket & Partial<Pick<TLSSocket, 'getPeerCertificate'>> = socket;
  return tls.getPeerCertificate?.().fingerprint256 ?? null;
}

function reply(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body);
}
