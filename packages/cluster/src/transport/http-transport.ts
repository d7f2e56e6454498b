import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@quarterdeck/contract';
import type { Credentials, Refusal } from '../credentials/credentials.ts';
import type { ConnectionSettings, RequestHeaders } from '../kubeconfig/cluster-context.ts';
import { ApiCostMeter } from './api-cost.ts';
import { abortError, connectionError } from './connection-error.ts';
import { ConnectionPool, type Dispatchers, type TlsIdentity } from './connection-pool.ts';
import { splitLines } from './lines.ts';
import { openSocket } from './open-socket.ts';
import { RefusalMemory } from './refusal-memory.ts';
import { parseJson, type Response, readBody, readErrorBody, warningTexts } from './response-body.ts';
import { statusError } from './status-error.ts';
import type {
  ApiSocket,
  ByteStream,
  Impersonation,
  LineStream,
  RelayRequest,
  RelayResponse,
  RequestSubject,
  SocketRequest,
  StreamRequest,
  Transport,
  TransportRequest,
} from './transport.ts';

export interface TransportDependencies {
  /** Waits; rejects when the signal aborts. */
  sleep?(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Counts what is asked. */
  meter?: ApiCostMeter;
  /** What is known to be refused. */
  refusals?: RefusalMemory;
  /** Told what a login under way says to its person, and null when it is over. */
  onLoginProgress?(text: string | null): void;
}

/** A page of 500 objects of etcd's usual maximum would be 750 MB; real pages stay below a tenth of this. */
const maxBodyBytes = 256 * 1024 * 1024;
/** etcd refuses objects above 1.5 MiB by default; as JSON they may be several times that. */
const maxLineBytes = 32 * 1024 * 1024;
/** The API server ends a list after 60 s itself. */
const responseTimeoutMs = 70_000;
/** Longer waits are the caller's to decide: the error says how long. */
const maxRetryAfterSeconds = 10;

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
  private readonly endProgress: (() => void) | undefined;
  private readonly meter: ApiCostMeter;
  private readonly refusals: RefusalMemory;

  constructor(connection: ConnectionSettings, dependencies: TransportDependencies) {
    const url = new URL(connection.server);
    this.connection = connection;
    this.endProgress = dependencies.onLoginProgress && connection.credentials.onProgress?.(dependencies.onLoginProgress);
    this.pool = new ConnectionPool(connection);
    this.origin = url.origin;
    this.peer = connection.proxyUrl === null ? url.origin : `${url.origin} (through the proxy ${new URL(connection.proxyUrl).host})`;
    this.basePath = url.pathname.replace(/\/+$/, '');
    this.sleep = dependencies.sleep ?? (async (milliseconds, signal) => delay(milliseconds, undefined, { signal }));
    this.meter = dependencies.meter ?? new ApiCostMeter();
    this.refusals = dependencies.refusals ?? new RefusalMemory(Date.now);
    this.refusals.follow(connection.credentials);
  }

  json(request: TransportRequest): Promise<unknown> {
    return this.guarded(request.signal, async () => parseJson(await this.readWhole(request, maxBodyBytes)));
  }

  text(request: TransportRequest, maxBytes: number): Promise<string> {
    return this.guarded(request.signal, async () => (await this.readWhole(request, maxBytes)).toString('utf8'));
  }

  async stream(request: StreamRequest): Promise<LineStream> {
    const { chunks, close } = await this.bytes(request);
    return { lines: splitLines(chunks, maxLineBytes), close };
  }

  async bytes(request: StreamRequest): Promise<ByteStream> {
    const { body } = await this.guarded(request.signal, () => this.send('streams', request, request.idleTimeoutMs));
    body.once('close', this.meter.streamOpened());
    return { chunks: this.chunks(request, body), close: () => body.destroy() };
  }

  socket(request: SocketRequest): Promise<ApiSocket> {
    return this.guarded(request.signal, () => this.withCredentials(request, (credentials) => this.upgrade(request, credentials)));
  }

  relay(request: RelayRequest): Promise<RelayResponse> {
    return this.guarded(request.signal, async () => {
      const { credentials } = this.connection;
      const first = await credentials.current(request.signal);
      const answer = await this.passOn(request, first);
      // A body was read once and is gone: whoever sent it may send it again.
      const renewed = answer.status === 401 ? await credentials.renew(first, request.signal) : null;
      if (renewed === null || request.body !== null) return answer;
      answer.close();
      return this.passOn(request, renewed);
    });
  }

  async close(): Promise<void> {
    this.endProgress?.();
    await this.pool.destroy();
  }

  private async passOn(request: RelayRequest, credentials: Credentials): Promise<RelayResponse> {
    const { method, target, headers, body, signal } = request;
    this.meter.add(relayed, 'requests');
    const response = await this.pool.use(await this.identity(credentials)).streams.request({
      origin: this.origin,
      path: `${this.basePath}${target}`,
      method,
      headers: { ...headers, ...this.headers(credentials, request.as) },
      body: body === null ? null : Readable.from(body, { objectMode: false }),
      signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    response.body.on('error', () => undefined);
    return { status: response.statusCode, headers: response.headers, chunks: this.relayed(response.body, signal), close: () => response.body.destroy() };
  }

  private async *relayed(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (thrown) {
      throw signal.aborted ? abortError(signal) : connectionError(thrown, this.peer);
    }
  }

  private async *chunks(request: StreamRequest, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of body) {
        this.meter.add(request.subject ?? relayed, 'bytesIn', chunk.byteLength);
        yield chunk;
      }
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

  private async readWhole(request: TransportRequest, maxBytes: number): Promise<Buffer> {
    return readBody(await this.sendPatiently(request), maxBytes, (bytes) => this.meter.add(request.subject, 'bytesIn', bytes));
  }

  private async sendPatiently(request: TransportRequest): Promise<Response> {
    try {
      return await this.send('requests', request, responseTimeoutMs);
    } catch (thrown) {
      const seconds = retryAfter(thrown, request);
      if (seconds === null || seconds > maxRetryAfterSeconds) throw thrown;
      if (seconds > 0) await this.sleep(seconds * 1000, request.signal);
      return this.send('requests', request, responseTimeoutMs);
    }
  }

  private async send(use: keyof Dispatchers, request: TransportRequest, bodyTimeout: number): Promise<Response> {
    const response = await this.withCredentials(request, async (credentials) => {
      this.refuseKnown(request, credentials);
      const answer = await this.exchange(use, request, credentials, bodyTimeout);
      this.meter.answered(request.subject, answer.statusCode);
      if (isSuccess(answer)) return { accepted: answer };
      const refusal = await this.refusal(answer, request, credentials);
      // What a proxy refuses may depend on where we are; what the API server refuses, on who we are.
      if (refusal.code === 'FORBIDDEN' && refusal.details.reason === 'Forbidden') this.refusals.remember(request, credentials, refusal);
      return { status: answer.statusCode, refusal };
    });
    for (const text of warningTexts(response.headers.warning)) request.onWarning?.(text);
    return response;
  }

  /** Tries once more where the server does not accept the credentials and there are others: they may have expired early or been replaced. */
  private async withCredentials<T>(request: { signal: AbortSignal }, attempt: (credentials: Credentials) => Promise<Attempt<T>>): Promise<T> {
    request.signal.throwIfAborted();
    const { credentials } = this.connection;
    const first = await credentials.current(request.signal);
    const useless = this.refusals.findLogin(first);
    if (useless !== null) throw useless;
    const answer = await this.judged(first, attempt);
    if ('accepted' in answer) return answer.accepted;
    const renewed = answer.status === 401 ? await credentials.renew(first, request.signal) : null;
    if (renewed === null) throw answer.refusal;
    const second = await this.judged(renewed, attempt);
    if ('accepted' in second) return second.accepted;
    throw second.refusal;
  }

  /** One attempt; what it says of the login is remembered. */
  private async judged<T>(credentials: Credentials, attempt: (credentials: Credentials) => Promise<Attempt<T>>): Promise<Attempt<T>> {
    const answer = await attempt(credentials);
    if ('refusal' in answer && answer.status === 401) this.refusals.rememberLogin(credentials, answer.refusal);
    else this.refusals.acceptLogin(credentials);
    return answer;
  }

  private refuseKnown(request: TransportRequest, credentials: Credentials): void {
    const known = this.refusals.find(request, credentials);
    if (known === null) return;
    this.meter.add(request.subject, 'spared');
    throw known;
  }

  private async exchange(use: keyof Dispatchers, request: TransportRequest, credentials: Credentials, bodyTimeout: number): Promise<Response> {
    const { body } = request;
    const path = this.pathOf(request);
    this.meter.add(request.subject, 'requests');
    this.meter.add(request.subject, 'bytesOut', path.length + Buffer.byteLength(body?.text ?? ''));
    const response = await this.pool.use(await this.identity(credentials))[use].request({
      origin: this.origin,
      path,
      method: request.method ?? 'GET',
      headers: {
        ...this.headers(credentials, request.as),
        accept: request.accept ?? 'application/json',
        ...(body === undefined ? {} : { 'content-type': body.contentType }),
        // Go's server compresses lists above 128 KiB; a stream must arrive line by line.
        ...(use === 'requests' ? { 'accept-encoding': 'gzip' } : {}),
      },
      body: body?.text ?? null,
      signal: request.signal,
      headersTimeout: responseTimeoutMs,
      bodyTimeout,
    });
    // A body that is closed unread says so as an error event, which would end the process where nobody listens.
    response.body.on('error', () => undefined);
    return response;
  }

  private async upgrade(request: SocketRequest, credentials: Credentials): Promise<Attempt<ApiSocket>> {
    const { protocols, subject, signal } = request;
    const agent = this.pool.socketAgent(await this.identity(credentials));
    const url = `${this.origin.replace(/^http/, 'ws')}${this.pathOf(request)}`;
    this.meter.add(subject, 'requests');
    const answer = await openSocket({
      url,
      agent,
      protocols,
      headers: this.headers(credentials, request.as),
      peer: this.peer,
      signal,
      onOpen: () => this.meter.streamOpened(),
    });
    if ('socket' in answer) return { accepted: answer.socket };
    const { status, body } = answer;
    this.meter.answered(subject, status);
    if (status === 401 && credentials.refusal !== null) return { status, refusal: authFailed(status, subject, credentials.refusal) };
    return { status, refusal: statusError(status, body, subject) };
  }

  private async identity({ clientCertificate, clientKey }: Credentials): Promise<TlsIdentity> {
    return { certificateAuthority: await this.connection.certificateAuthority(), clientCertificate, clientKey };
  }

  private headers({ authorization }: Credentials, as: Impersonation | undefined): RequestHeaders {
    const name = as === undefined ? this.connection.impersonation : { 'impersonate-user': as.user, 'impersonate-group': [...as.groups] };
    return { ...name, ...(authorization === null ? {} : { authorization }) };
  }

  private pathOf({ path, query = {} }: Pick<TransportRequest, 'path' | 'query'>): string {
    const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each]));
    const search = new URLSearchParams(pairs).toString();
    return `${this.basePath}${path}${search === '' ? '' : `?${search}`}`;
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
      return authFailed(statusCode, request.subject, credentials.refusal);
    }
    const retryAfter = Number(headers['retry-after']);
    return statusError(statusCode, await readErrorBody(response), request.subject, Number.isFinite(retryAfter) ? retryAfter : null);
  }
}

/** What other programs ask through us is counted together. */
const relayed: RequestSubject = { verb: 'get', resource: '(relayed)', namespace: null };

/** What one attempt with some credentials gave. */
type Attempt<T> = { accepted: T } | { status: number; refusal: AppError };

function authFailed(status: number, subject: RequestSubject, { message, hint, details }: Refusal): AppError {
  return new AppError('CLUSTER_AUTH_FAILED', message, { hint, details: { status, ...subject, ...details } });
}

function isSuccess({ statusCode }: Response): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** Seconds to wait before the one retry; null where there is none. */
function retryAfter(thrown: unknown, { method = 'GET' }: TransportRequest): number | null {
  if (thrown instanceof AppError) return typeof thrown.details.retryAfterSeconds === 'number' ? thrown.details.retryAfterSeconds : null;
  // The server closed a kept-alive connection in the moment we used it. Asking again is safe for what only reads.
  const closed = thrown instanceof Error && 'code' in thrown && (thrown.code === 'ECONNRESET' || thrown.code === 'EPIPE' || thrown.code === 'UND_ERR_SOCKET');
  return closed && method === 'GET' ? 0 : null;
}

/** A watch that falls silent ends like one the server ended: the watcher connects again from where it was. */
function isIdle(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'UND_ERR_BODY_TIMEOUT';
}
