import type { ExecSession } from '@quarterdeck/cluster';
import { AppError, errorBody, type ShellStatus, shellChannels, shellSizeSchema, shellTakenSchema, toAppError } from '@quarterdeck/contract';
import { unexpected } from '../routes/error-border.ts';
import { newRequestId } from '../routes/request-id.ts';
import { OutputPace } from './output-pace.ts';
import { TerminalGuard } from './terminal-guard.ts';

/** The part of a WebSocket that a shell uses. */
export interface ShellSocket {
  /** Resolves when the message was handed to the network, so that whoever waits sends no faster than it is taken. */
  send(message: Uint8Array): Promise<void>;
  /** Stops reading what the client sends. */
  pause(): void;
  resume(): void;
  close(): void;
}

export interface ShellOptions {
  /** Opens the program; errors go to the client. */
  open(signal: AbortSignal): Promise<ExecSession>;
  /** Whether a page shows the output: then a terminal's is without what reaches beyond it. */
  forPage: boolean;
  /** Told what nobody foresaw, with the id that the client is told. */
  onFailure(error: AppError, requestId: string): void;
}

/** One program in a container and the socket of the person who uses it. The end of either ends the other. */
export class ShellConnection {
  private readonly socket: ShellSocket;
  private readonly options: ShellOptions;
  private readonly closing = new AbortController();
  private readonly session: Promise<ExecSession>;
  private readonly pace = new OutputPace();
  /** What the client sent, one after the other. */
  private received: Promise<void> = Promise.resolve();

  constructor(socket: ShellSocket, options: ShellOptions) {
    this.socket = socket;
    this.options = options;
    this.closing.signal.addEventListener('abort', () => this.pace.end(), { once: true });
    this.session = options.open(this.closing.signal);
    void this.run();
  }

  /** One message of the client. While it is handed on, nothing more is read. */
  receive(message: Uint8Array): void {
    this.socket.pause();
    this.received = this.received
      .then(() => this.handOn(message))
      .then(() => this.socket.resume())
      .catch((thrown: unknown) => this.fail(thrown));
  }

  /** The client is gone. */
  close(): void {
    this.closing.abort();
  }

  private async run(): Promise<void> {
    try {
      const session = await this.session;
      await this.tell({ state: 'started', container: session.container, tty: session.tty, stdin: session.stdin });
      const guard = session.tty && this.options.forPage ? new TerminalGuard() : null;
      await Promise.all([this.forward(guarded(session.stdout, guard), shellChannels.stdout), this.forward(session.stderr, shellChannels.stderr)]);
      await this.tell({ state: 'ended', ...(await session.status) });
      this.socket.close();
    } catch (thrown) {
      await this.fail(thrown);
    } finally {
      this.closing.abort();
    }
  }

  private async forward(chunks: AsyncIterable<Uint8Array>, channel: number): Promise<void> {
    for await (const chunk of chunks) {
      await this.pace.room(chunk.byteLength);
      await this.socket.send(framed(channel, chunk));
    }
  }

  private async handOn(message: Uint8Array): Promise<void> {
    const payload = message.subarray(1);
    if (message[0] === shellChannels.taken) return this.pace.taken(parseTaken(payload));
    const session = await this.session;
    switch (message[0]) {
      case shellChannels.stdin:
        return this.whileItRuns(session.write(payload));
      case shellChannels.resize: {
        const { columns, rows } = parseSize(payload);
        return this.whileItRuns(session.resize(columns, rows));
      }
      case shellChannels.close:
        return this.whileItRuns(session.end());
      default:
        throw new AppError('VALIDATION_ERROR', `There is no channel ${message[0] ?? ''} to write to.`, {
          hint: 'Use 0 for input, 4 for the size, 5 for what was taken, 255 for the end.',
        });
    }
  }

  /** What a program does not read any more because it has ended is no failure: its status says how it ended. */
  private async whileItRuns(sending: Promise<void>): Promise<void> {
    await sending.catch((thrown: unknown) => {
      if (!(thrown instanceof AppError) || thrown.code !== 'CLUSTER_UNREACHABLE') throw thrown;
    });
  }

  private async fail(thrown: unknown): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    const error = toAppError(thrown);
    const requestId = newRequestId();
    const unforeseen = error.code === 'INTERNAL_ERROR';
    if (unforeseen) this.options.onFailure(error, requestId);
    await this.tell({ state: 'failed', error: errorBody(unforeseen ? unexpected(requestId) : error, requestId) }).catch(() => undefined); // It is gone.
    this.socket.close();
  }

  private tell(status: ShellStatus): Promise<void> {
    return this.socket.send(framed(shellChannels.status, Buffer.from(JSON.stringify(status))));
  }
}

/** A terminal has one output. */
async function* guarded(chunks: AsyncIterable<Uint8Array>, guard: TerminalGuard | null): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    const passed = guard === null ? chunk : guard.pass(chunk);
    if (passed.byteLength > 0) yield passed;
  }
  const rest = guard?.end();
  if (rest !== undefined && rest.byteLength > 0) yield rest;
}

function framed(channel: number, payload: Uint8Array): Uint8Array {
  const message = Buffer.allocUnsafe(payload.byteLength + 1);
  message[0] = channel;
  message.set(payload, 1);
  return message;
}

function parseSize(payload: Uint8Array): { columns: number; rows: number } {
  const size = shellSizeSchema.safeParse(parseJson(Buffer.from(payload).toString('utf8')));
  if (size.success) return size.data;
  throw new AppError('VALIDATION_ERROR', 'The size of the terminal is not understood.', { hint: 'Send {"columns": 80, "rows": 24}.' });
}

function parseTaken(payload: Uint8Array): number {
  const taken = shellTakenSchema.safeParse(parseJson(Buffer.from(payload).toString('utf8')));
  if (taken.success) return taken.data.bytes;
  throw new AppError('VALIDATION_ERROR', 'How much was taken is not understood.', { hint: 'Send {"bytes": 4096}.' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
