import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AppError } from '@quarterdeck/contract';
import type { Dispatcher } from 'undici';
import type { Credentials } from '../credentials/credentials.ts';
import type { ConnectionSettings } from '../kubeconfig/cluster-context.ts';
import { abortError, connectionError } from './connection-error.ts';
import { ConnectionPool, type Dispatchers } from './connection-pool.ts';
import { splitLines } from './lines.ts';
import { statusError } from './status-error.ts';
import type { LineStream, StreamRequest, Transport, TransportRequest } from './transport.ts';

export interface TransportDependencies {
  /** Waits; rejects when the signal aborts. */
  sleep?(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** A page of 500 objects of etcd's usual maximum would be 750 MB; real pages stay below a tenth of this. */
const maxBodyBytes = 256 * 1024 * 1024;
/** etcd refuses objects above 1.5 MiB by default; as JSON they may be several times that. */
const maxLineBytes = 32 * 1024 * 1024;
const maxErrorBytes = 64 * 1024;
/** The API server ends a list after 60 s itself. */
const responseTimeoutMs = 70_000;
/** Longer waits are the caller's to decide: the error says how long. */
const maxRetryAfterSeconds = 10;

type Response = Dispatcher.ResponseData;

export function createHttpTransport(connection: ConnectionSettings, dependencies: TransportDependencies = {}): Transport {
  return new HttpTransport(connection, dependencies);
}

class HttpTransport implements Transport {
  private readonly connection: ConnectionSettings;
  private readonly pool: ConnectionPool;
  private readonly origin: string;
  /** Whom error messages name. */
  private readonly peer: string;
  private readonly basePath: string;
  private readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;

  constructor(connection: ConnectionSettings, dependencies: TransportDependencies) {
    const url = new URL(connection.server);
    this.connection = connection;
    this.pool = new ConnectionPool(connection);
    this.origin = url.origin;
    this.peer = connection.proxyUrl === null ? url.origin : `${url.origin} (through the proxy ${new URL(connection.proxyUrl).host})`;
    this.basePath = url.pathname.replace(/\/+$/, '');
    this.sleep = dependencies.sleep ?? (async (milliseconds, signal) => delay(milliseconds, undefined, { signal }));
  }

  json(request: TransportRequest): Promise<unknown> {
    return this.guarded(request.signal, async () => parseJson(await this.body(request, maxBodyBytes)));
  }

  text(request: TransportRequest, maxBytes: number): Promise<string> {
    return this.guarded(request.signal, async () => (await this.body(request, maxBytes)).toString('utf8'));
  }

  async stream(request: StreamRequest): Promise<LineStream> {
    const { body } = await this.guarded(request.signal, () => this.send('streams', request, request.idleTimeoutMs));
    return { lines: this.lines(request, body), close: () => body.destroy() };
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async *lines(request: StreamRequest, body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
    try {
      yield* splitLines(body, maxLineBytes);
    } catch (thrown) {
      if (request.signal.aborted) throw abortError(request.signal);
      if (!isIdle(thrown)) throw connectionError(thrown, this.peer);
    }
  }

  private async guarded<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (thrown) {
      if (signal.aborted) throw abortError(signal);
      throw connectionError(thrown, this.peer);
    }
  }

  private async body(request: TransportRequest, maxBytes: number): Promise<Buffer> {
    const response = await this.sendPatiently(request);
    const bytes = await readBody(response, maxBytes);
    return response.headers['content-encoding'] === 'gzip' ? inflate(bytes, maxBytes) : bytes;
  }

  private async sendPatiently(request: TransportRequest): Promise<Response> {
    try {
      return await this.send('requests', request, responseTimeoutMs);
    } catch (thrown) {
      const seconds = retryAfter(thrown);
      if (seconds === null || seconds > maxRetryAfterSeconds) throw thrown;
      if (seconds > 0) await this.sleep(seconds * 1000, request.signal);
      return this.send('requests', request, responseTimeoutMs);
    }
  }

  /** Sends once more where the server does not accept the credentials and there are others: they may have expired early or been replaced. */
  private async send(use: keyof Dispatchers, request: TransportRequest, bodyTimeout: number): Promise<Response> {
    request.signal.throwIfAborted();
    const { credentials } = this.connection;
    const first = await credentials.current(request.signal);
    const response = await this.exchange(use, request, first, bodyTimeout);
    if (isSuccess(response)) return response;
    const refusal = await this.refusal(response, request, first);
    if (response.statusCode !== 401) throw refusal;
    const renewed = await credentials.renew(first, request.signal);
    if (renewed === null) throw refusal;
    const second = await this.exchange(use, request, renewed, bodyTimeout);
    if (isSuccess(second)) return second;
    throw await this.refusal(second, request, renewed);
  }

  private async exchange(use: keyof Dispatchers, request: TransportRequest, credentials: Credentials, bodyTimeout: number): Promise<Response> {
    const { authorization, clientCertificate, clientKey } = credentials;
    const certificateAuthority = await this.connection.certificateAuthority();
    const query = new URLSearchParams(request.query).toString();
    const response = await this.pool.use({ certificateAuthority, clientCertificate, clientKey })[use].request({
      origin: this.origin,
      path: `${this.basePath}${request.path}${query === '' ? '' : `?${query}`}`,
      method: 'GET',
      headers: {
        ...this.connection.impersonation,
        ...(authorization === null ? {} : { authorization }),
        accept: request.accept ?? 'application/json',
        // Go's server compresses lists above 128 KiB; a stream must arrive line by line.
        ...(use === 'requests' ? { 'accept-encoding': 'gzip' } : {}),
      },
      signal: request.signal,
      headersTimeout: responseTimeoutMs,
      bodyTimeout,
    });
    // A body that is closed unread says so as an error event, which would end the process where nobody listens.
    response.body.on('error', () => undefined);
    return response;
  }

  private async refusal(response: Response, request: TransportRequest, credentials: Credentials): Promise<AppError> {
    const { statusCode, headers } = response;
    if (statusCode >= 300 && statusCode < 400) {
      response.body.destroy();
      return new AppError('CLUSTER_ERROR', `${this.origin} answers with a redirect (HTTP ${statusCode}): this is not a Kubernetes API server.`, {
        hint: 'Check the server address; a login page may stand before the API server.',
      });
    }
    if (statusCode === 401 && credentials.refusal !== null) {
      await response.body.dump();
      const { message, hint, details } = credentials.refusal;
      return new AppError('CLUSTER_AUTH_FAILED', message, { hint, details: { status: statusCode, ...request.subject, ...details } });
    }
    const retryAfter = Number(headers['retry-after']);
    return statusError(statusCode, await readErrorBody(response), request.subject, Number.isFinite(retryAfter) ? retryAfter : null);
  }
}

function isSuccess({ statusCode }: Response): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** Seconds to wait before the one retry; null where there is none. */
function retryAfter(thrown: unknown): number | null {
  if (thrown instanceof AppError) return typeof thrown.details.retryAfterSeconds === 'number' ? thrown.details.retryAfterSeconds : null;
  // The server closed a kept-alive connection in the moment we used it. We only read, so asking again is safe.
  const closed = thrown instanceof Error && 'code' in thrown && (thrown.code === 'ECONNRESET' || thrown.code === 'EPIPE' || thrown.code === 'UND_ERR_SOCKET');
  return closed ? 0 : null;
}

async function readBody(response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

async function inflate(bytes: Buffer, maxBytes: number): Promise<Buffer> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: maxBytes });
  } catch (thrown) {
    if (thrown instanceof RangeError) throw tooLarge(maxBytes);
    throw thrown;
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `The cluster's answer is larger than ${Math.round(maxBytes / 1024 / 1024)} MiB.`, {
    hint: 'Narrow it: one namespace instead of all, or fewer lines.',
  });
}

/** A Status, or the text of whoever answered in its place; null leaves the HTTP status to speak for itself. */
async function readErrorBody(response: Response): Promise<unknown> {
  try {
    const bytes = await readBody(response, maxErrorBytes);
    const text = (response.headers['content-encoding'] === 'gzip' ? await inflate(bytes, maxErrorBytes) : bytes).toString('utf8');
    return String(response.headers['content-type']).includes('json') ? JSON.parse(text) : text;
  } catch {
    return null;
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (thrown) {
    throw new AppError('CLUSTER_ERROR', 'The answer is not JSON: this may not be a Kubernetes API server.', {
      hint: 'Check the server address in the kubeconfig.',
      cause: thrown,
    });
  }
}

/** A watch that falls silent ends like one the server ended: the watcher connects again from where it was. */
function isIdle(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'UND_ERR_BODY_TIMEOUT';
}
