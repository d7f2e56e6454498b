import { AppError, toAppError } from '@quarterdeck/contract';
import type { ApiSocket } from '../transport/transport.ts';
import { ByteQueue } from './byte-queue.ts';
import type { ExecSession, ExecStatus } from './exec-session.ts';
import { exitStatus, type RunPlace } from './exit-status.ts';

/** v5 is v4 and a message that closes a stream. Servers since Kubernetes 1.30 speak it. */
export const channelProtocols: readonly string[] = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** The first byte of every message. */
const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const;

/** Unread bytes of one output, beyond which the connection pauses. */
const unreadLimit = 1024 * 1024;
/** Large enough that the frames don't matter, small enough that a slow network still shows progress. */
const largestWrite = 128 * 1024;

export interface ChannelOptions {
  place: RunPlace;
  stdin: boolean;
  tty: boolean;
  signal: AbortSignal;
}

/** A session over an open WebSocket that speaks one of `channelProtocols`. */
export class ChannelSession implements ExecSession {
  readonly container: string;
  readonly tty: boolean;
  readonly stdin: boolean;
  readonly stdout = new ByteQueue(unreadLimit);
  readonly stderr = new ByteQueue(unreadLimit);
  readonly status: Promise<ExecStatus>;
  private readonly socket: ApiSocket;
  private readonly place: RunPlace;
  private readonly signal: AbortSignal;
  private readonly onAbort = () => this.close();
  private closed = false;
  private wrote = false;

  constructor(socket: ApiSocket, { place, stdin, tty, signal }: ChannelOptions) {
    this.socket = socket;
    this.place = place;
    this.container = place.container;
    this.tty = tty;
    this.stdin = stdin;
    this.signal = signal;
    signal.addEventListener('abort', this.onAbort, { once: true });
    this.status = this.pump();
    this.status.catch(() => undefined); // Nobody has to ask how it ended.
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.wrote = true;
    for (let at = 0; at < bytes.byteLength; at += largestWrite) await this.send(channels.stdin, bytes.subarray(at, at + largestWrite));
  }

  async end(): Promise<void> {
    if (this.socket.protocol === 'v5.channel.k8s.io') return this.send(channels.close, Uint8Array.of(channels.stdin));
    throw new AppError('UNSUPPORTED', 'This cluster can not tell a program that its input has ended.', {
      hint: 'Kubernetes 1.30 and newer can; here, give the program its input as an argument.',
    });
  }

  async resize(columns: number, rows: number): Promise<void> {
    if (this.tty) await this.send(channels.resize, Buffer.from(JSON.stringify({ Width: columns, Height: rows })));
  }

  close(): void {
    this.closed = true;
    this.signal.removeEventListener('abort', this.onAbort);
    this.stdout.end();
    this.stderr.end();
    this.socket.close();
  }

  private async send(channel: number, payload: Uint8Array): Promise<void> {
    const message = Buffer.allocUnsafe(payload.byteLength + 1);
    message[0] = channel;
    message.set(payload, 1);
    await this.socket.send(message);
  }

  /** Hands on what comes until the server has said how it ended. */
  private async pump(): Promise<ExecStatus> {
    try {
      for await (const message of this.socket.messages) {
        const payload = message.subarray(1);
        if (message[0] === channels.stdout) await handOn(this.stdout, payload);
        else if (message[0] === channels.stderr) await handOn(this.stderr, payload);
        else if (message[0] === channels.status && payload.byteLength > 0) return exitStatus(payload, this.place);
      }
      throw this.endedWithoutStatus();
    } catch (thrown) {
      throw this.closed && !this.signal.aborted ? closedHere() : toAppError(thrown);
    } finally {
      this.close();
    }
  }

  private endedWithoutStatus(): AppError {
    if (this.signal.aborted || this.closed) return closedHere();
    return new AppError('CLUSTER_UNREACHABLE', `The connection to the container ${this.container} ended before the cluster said how the program ended.`, {
      hint: this.wrote
        ? 'It may have ended without reading all its input; else the pod or its node may be gone. Look at the pod, then try again.'
        : 'The pod or its node may be gone, or a proxy in between ended it. Look at the pod, then try again.',
    });
  }
}

async function handOn(queue: ByteQueue, payload: Uint8Array): Promise<void> {
  await queue.room();
  queue.push(payload);
}

function closedHere(): AppError {
  return new AppError('CANCELLED', 'The session was closed.');
}
