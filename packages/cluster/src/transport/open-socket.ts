import type { Agent, IncomingMessage } from 'node:http';
import { AppError } from '@quarterdeck/contract';
import { type RawData, WebSocket } from 'ws';
import type { RequestHeaders } from '../kubeconfig/cluster-context.ts';
import { abortError, connectionError } from './connection-error.ts';
import { MessageQueue } from './message-queue.ts';
import { readUpgradeRefusal } from './response-body.ts';
import type { ApiSocket } from './transport.ts';

/** Proxies and load balancers end what is silent, many after 60 s. Milliseconds. */
const pingIntervalMs = 25_000;
/** The API server sends messages of at most 32 KiB; copies through other gateways may join them. */
const largestMessage = 16 * 1024 * 1024;
const handshakeTimeoutMs = 30_000;
/** Bytes that the network has not taken, beyond which whoever sends waits. */
const unsentLimit = 1024 * 1024;

export interface SocketAddress {
  /** `wss://…`, with path and query. */
  url: string;
  /** Makes the connection: TLS identity, proxy. */
  agent: Agent;
  headers: RequestHeaders;
  protocols: readonly string[];
  /** Whom error messages name. */
  peer: string;
  signal: AbortSignal;
  /** What it returns is called when the socket is closed. */
  onOpen(): () => void;
}

/** The socket, or how the server refused it. */
export type SocketAnswer = { socket: ApiSocket } | { status: number; body: unknown };

/** Opens a WebSocket. Rejects with the connection's own errors; the caller translates them. The signal ends the opening and the socket. */
export async function openSocket({ url, agent, headers, protocols, peer, signal, onOpen }: SocketAddress): Promise<SocketAnswer> {
  signal.throwIfAborted();
  // The mask keeps scripts of web pages from writing what a proxy would take for its own (RFC 6455, 10.3). We are no page,
  // and inside TLS no proxy reads; a mask of zeros leaves the bytes as they are, which is a third of the work of a copy.
  const mask = url.startsWith('wss:') ? { generateMask: () => undefined } : {};
  const limits = { maxPayload: largestMessage, handshakeTimeout: handshakeTimeoutMs };
  const options = { agent, headers, ...limits, ...mask, perMessageDeflate: false, followRedirects: false };
  const socket = new WebSocket(url, [...protocols], options);
  // From the first moment, so that no message that comes with the handshake is lost.
  const messages = new MessageQueue(socket);
  socket.on('message', (data) => messages.push(bytesOf(data)));
  socket.on('error', (failure) => messages.end(connectionError(failure, peer)));
  const abort = () => socket.terminate();
  signal.addEventListener('abort', abort, { once: true });
  socket.once('close', () => {
    signal.removeEventListener('abort', abort);
    // The API server ends many streams by closing the connection, without the protocol's good-bye.
    messages.end(signal.aborted ? abortError(signal) : null);
  });
  const refused = await opened(socket);
  if (refused === null) {
    socket.once('close', onOpen());
    return { socket: new KeptSocket(socket, messages) };
  }
  const body = await readUpgradeRefusal(refused);
  socket.terminate();
  return { status: refused.statusCode ?? 0, body };
}

/** The response where it is not an upgrade; null where it is. */
function opened(socket: WebSocket): Promise<IncomingMessage | null> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(null));
    socket.once('unexpected-response', (_request, response) => resolve(response));
    socket.once('error', reject);
  });
}

class KeptSocket implements ApiSocket {
  readonly messages: AsyncIterable<Uint8Array>;
  private readonly socket: WebSocket;

  constructor(socket: WebSocket, messages: MessageQueue) {
    this.socket = socket;
    this.messages = messages;
    keepAlive(socket);
  }

  get protocol(): string {
    return this.socket.protocol;
  }

  async send(message: Uint8Array): Promise<void> {
    if (this.socket.readyState !== WebSocket.OPEN) throw closed();
    const crowded = this.socket.bufferedAmount > unsentLimit;
    await new Promise<void>((resolve, reject) => {
      this.socket.send(message, { binary: true }, (failure) => {
        if (failure == null) resolve();
        else reject(closed(failure));
      });
      // Waiting for each message would leave the network idle between two of them.
      if (!crowded) resolve();
    });
  }

  close(): void {
    this.socket.close();
  }
}

function closed(cause?: Error): AppError {
  return new AppError('CLUSTER_UNREACHABLE', 'The stream is closed.', { hint: 'Open it again.', cause });
}

function bytesOf(data: RawData): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return Array.isArray(data) ? Buffer.concat(data) : data;
}

/**
 * A peer that leaves two pings unanswered is gone, whatever TCP thinks. While we don't read, because nobody takes what
 * came, we can't see its answers: then nothing is held against it.
 */
function keepAlive(socket: WebSocket): void {
  let unanswered = 0;
  const timer = setInterval(() => {
    if (unanswered > 1 && !socket.isPaused) return socket.terminate();
    unanswered = socket.isPaused ? 0 : unanswered + 1;
    socket.ping();
  }, pingIntervalMs);
  socket.on('pong', () => {
    unanswered = 0;
  });
  socket.once('close', () => clearInterval(timer));
}
