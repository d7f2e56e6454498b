import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, httpStatus, toAppError } from '@quarterdeck/contract';
import type { RelayResponse, Transport } from '../transport/transport.ts';
import { type RequestInfo, requestInfo } from './request-info.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';

/** Of one connection alone (RFC 9110, 7.6.1), or ours to say: who asks is decided here, not by the child. */
const ownHeaders =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|expect|authorization|cookie|impersonate-.*|x-remote-.*|x-forwarded-.*|forwarded)$/;

/** A long upgrade that waits for its objects ends well before. */
const certificateHours = 48;

/** A child that pauses must not find its connection closed under the next request, which may be a change. Milliseconds. */
const idleMs = 15 * 60_000;

export interface ProxiedCall {
  info: RequestInfo;
  /** What the child was answered with. */
  status: number;
}

export interface LoopbackProxyOptions {
  /** Null lets a request pass; the message of an AppError is what the child is told. */
  authorize(info: RequestInfo): AppError | null | Promise<AppError | null>;
  /** Told every request, also a refused one, when its answer begins. */
  onCall?(call: ProxiedCall): void;
}

/** A door to the API server for one child process. Whoever opened it closes it. */
export interface LoopbackProxy {
  /** `https://127.0.0.1:PORT`. */
  server: string;
  /** What the child shows in place of a credential of the cluster. */
  token: string;
  /** PEM text. */
  certificateAuthority: string;
  close(): Promise<void>;
}

/**
 * Passes requests on to the API server with our credentials, which the child never sees. It listens on loopback, on a
 * free port, behind TLS (client-go sends no token otherwise) with a certificate and a token that end with it.
 */
export async function openLoopbackProxy(api: Transport, options: LoopbackProxyOptions): Promise<LoopbackProxy> {
  const token = randomBytes(32).toString('base64url');
  const { certificate, key } = selfSignedCertificate('quarterdeck-loopback', certificateHours);
  const server = createServer({ cert: certificate, key, minVersion: 'TLSv1.3', requestTimeout: 0, keepAliveTimeout: idleMs });
  const door = new Door(api, options, token);
  server.on('request', (request, response) => {
    door.serve(request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket) => {
    // Nobody else listens to a connection that was taken over: its errors would end the process.
    socket.on('error', () => socket.destroy());
    const refusal = door.refuseUpgrade(request);
    socket.end(
      `HTTP/1.1 ${refusal.status} Refused\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(refusal.body)}\r\n\r\n${refusal.body}`,
    );
  });
  await listen(server);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new AppError('INTERNAL_ERROR', 'The loopback proxy has no port.');
  return {
    server: `https://127.0.0.1:${address.port}`,
    token,
    certificateAuthority: certificate,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
}

class Door {
  private readonly api: Transport;
  private readonly options: LoopbackProxyOptions;
  private readonly expected: Buffer;

  constructor(api: Transport, options: LoopbackProxyOptions, token: string) {
    this.api = api;
    this.options = options;
    this.expected = Buffer.from(`Bearer ${token}`);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const info = this.isKnown(request) ? requestInfo(request.method ?? '', request.url ?? '') : null;
    try {
      const answer = await this.pass(request, info, gone.signal);
      if (info !== null) this.options.onCall?.({ info, status: answer.status });
      response.writeHead(answer.status, withoutOwn(answer.headers));
      // A watch may have nothing to say for a while: that it stands must be known at once.
      response.flushHeaders();
      await pipeline(Readable.from(answer.chunks, { objectMode: false }), response).finally(answer.close);
    } catch (thrown) {
      if (gone.signal.aborted || response.headersSent) {
        response.destroy();
        return;
      }
      const { status, body } = statusOf(toAppError(thrown));
      if (info !== null) this.options.onCall?.({ info, status });
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    }
  }

  refuseUpgrade(request: IncomingMessage): { status: number; body: string } {
    if (!this.isKnown(request)) return statusOf(unknownCaller);
    const info = requestInfo(request.method ?? '', request.url ?? '');
    const refusal = statusOf(new AppError('UNSUPPORTED', 'exec, attach and port-forward do not go through this proxy; open them in the workbench.'));
    if (info !== null) this.options.onCall?.({ info, status: refusal.status });
    return refusal;
  }

  private async pass(request: IncomingMessage, info: RequestInfo | null, signal: AbortSignal): Promise<RelayResponse> {
    if (!this.isKnown(request)) throw unknownCaller;
    if (info === null) throw new AppError('VALIDATION_ERROR', 'This is no request of the Kubernetes API.');
    const refused = await this.options.authorize(info);
    if (refused !== null) throw refused;
    const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
    return this.api.relay({
      method: request.method ?? 'GET',
      target: request.url ?? '/',
      headers: withoutOwn(request.headers),
      body: hasBody ? request : null,
      signal,
    });
  }

  /** A token that nobody could guess; the comparison takes the same time for every wrong one. */
  private isKnown(request: IncomingMessage): boolean {
    const shown = Buffer.from(request.headers.authorization ?? '');
    return shown.byteLength === this.expected.byteLength && timingSafeEqual(shown, this.expected);
  }
}

const unknownCaller = new AppError('AUTH_REQUIRED', 'This proxy serves one program alone.');

function withoutOwn(headers: IncomingHttpHeaders | RelayResponse['headers']): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined && !ownHeaders.test(name)) kept[name] = value;
  return kept;
}

/** An error as Kubernetes says it, so that kubectl and Helm show its words. */
function statusOf(error: AppError): { status: number; body: string } {
  const code = httpStatus[error.code];
  const reason = code === 403 ? 'Forbidden' : code === 401 ? 'Unauthorized' : code === 400 ? 'BadRequest' : 'InternalError';
  return { status: code, body: JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: error.message, reason, code }) };
}
