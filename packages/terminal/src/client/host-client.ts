import { connect, type Socket } from 'node:net';
import { AppError, decodeTerminalServerFrame, encodeTerminalClientFrame, type TerminalClientFrame, type TerminalServerFrame } from '@quarterdeck/contract';
import type * as z from 'zod';
import type { HostMethodDescriptor } from '../host/host-method.ts';
import { FrameReader, writeFramed } from '../protocol/framing.ts';
import {
  decodeHostMessage,
  encodeHostMessage,
  type HostWelcome,
  hostMessageTypes,
  hostProtocol,
  hostResponseSchema,
  hostWelcomeSchema,
} from '../protocol/host-messages.ts';

/** Milliseconds. */
const connectWithin = 5000;
const answerWithin = 30_000;

export interface HostAddress {
  socket: string;
  token: string;
  key: string | null;
  owner: string | null;
  client: string | null;
}

export interface HostClientEvents {
  onFrame(frame: TerminalServerFrame): void;
  onClose(): void;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(thrown: unknown): void;
}

/** One connection to a host. */
export class HostClient {
  readonly welcome: HostWelcome;
  private readonly socket: Socket;
  private readonly waiting: Map<number, Waiting>;
  private next = 1;

  constructor(socket: Socket, welcome: HostWelcome, waiting: Map<number, Waiting>) {
    this.socket = socket;
    this.welcome = welcome;
    this.waiting = waiting;
  }

  get isOpen(): boolean {
    return !this.socket.destroyed;
  }

  send(frame: TerminalClientFrame): void {
    if (this.isOpen) writeFramed(this.socket, encodeTerminalClientFrame(frame));
  }

  /** While whoever reads our frames is behind: what the host sends then waits there. */
  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** Throws what the method throws, CANCELLED, TIMEOUT, and UNSUPPORTED where the host is gone. */
  async call<Input extends z.ZodType, Output extends z.ZodType>(
    { name, output }: HostMethodDescriptor<Input, Output>,
    input: z.input<Input>,
    { owner, signal }: { owner: string | null; signal: AbortSignal },
  ): Promise<z.output<Output>> {
    signal.throwIfAborted();
    const id = this.next++;
    const aborting = AbortSignal.any([signal, AbortSignal.timeout(answerWithin)]);
    const answered = new Promise<unknown>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      aborting.addEventListener('abort', () => reject(aborted(signal, name)), { once: true });
      if (!this.isOpen) reject(hostGone());
      else writeFramed(this.socket, encodeHostMessage(hostMessageTypes.request, { id, method: name, owner, params: input }));
    });
    try {
      return output.parse(await answered);
    } finally {
      this.waiting.delete(id);
    }
  }

  close(): void {
    this.socket.end();
  }
}

function aborted(signal: AbortSignal, method: string): AppError {
  return signal.aborted
    ? new AppError('CANCELLED', 'The call was cancelled.')
    : new AppError('TIMEOUT', `The terminal host did not answer ${method} in time.`, { hint: 'Try again.' });
}

function hostGone(): AppError {
  return new AppError('UNSUPPORTED', 'The terminal host has ended.', { hint: 'Start a terminal: a new host comes with it.' });
}

/** Null where no host listens. Throws UNSUPPORTED where one does that can't be spoken with. */
export function connectHost(address: HostAddress, events: HostClientEvents): Promise<HostClient | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(address.socket);
    const waiting = new Map<number, Waiting>();
    const late = setTimeout(() => socket.destroy(new Error('It did not answer in time.')), connectWithin);
    let client: HostClient | null = null;
    const receive = (message: Buffer) => {
      if (message[0] === hostMessageTypes.response) return settle(waiting, message);
      if (message[0] !== hostMessageTypes.welcome) return events.onFrame(decodeTerminalServerFrame(message));
      clearTimeout(late);
      client = new HostClient(socket, decodeHostMessage(hostWelcomeSchema, message), waiting);
      resolve(client);
    };
    const reader = new FrameReader(receive);
    socket.on('connect', () => {
      const { token, owner, client: page, key } = address;
      writeFramed(socket, encodeHostMessage(hostMessageTypes.hello, { protocol: hostProtocol, token, owner, client: page, key }));
    });
    socket.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (thrown) {
        socket.destroy(thrown instanceof Error ? thrown : new Error(String(thrown)));
      }
    });
    socket.on('error', (cause) => {
      const absent = 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ECONNREFUSED');
      if (absent) resolve(null);
      else reject(new AppError('UNSUPPORTED', `The terminal host can't be spoken with: ${cause.message}`, { cause }));
    });
    socket.on('close', () => {
      clearTimeout(late);
      for (const { reject: refuse } of waiting.values()) refuse(hostGone());
      if (client === null)
        reject(new AppError('UNSUPPORTED', 'The terminal host refused the connection.', { hint: 'It may be of another version: end its terminals.' }));
      else events.onClose();
    });
  });
}

function settle(waiting: ReadonlyMap<number, Waiting>, message: Buffer): void {
  const { id, result, error } = decodeHostMessage(hostResponseSchema, message);
  const call = waiting.get(id);
  if (error === null) call?.resolve(result);
  else call?.reject(new AppError(error.code, error.message, error.hint === null ? {} : { hint: error.hint }));
}
