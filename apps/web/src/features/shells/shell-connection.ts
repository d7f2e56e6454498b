import {
  AppError,
  attachPath,
  execPath,
  type ShellQuery,
  type ShellStatus,
  shellChannels,
  shellStatusSchema,
  socketProtocols,
  type TicketRequest,
  toAppError,
} from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';

/** The part of a WebSocket that a shell uses. Its messages are bytes. */
export interface ShellSocket {
  send(message: Uint8Array<ArrayBuffer>): void;
  close(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
}

type ConnectionWords = Messages['shells']['connection'];

export interface ShellReach {
  /** Rejects with an AppError. */
  ticket(request: TicketRequest): Promise<string>;
  /** `address` is path and query. */
  openSocket(address: string, protocols: string[]): ShellSocket;
  /** In the language of the moment. */
  words: () => ConnectionWords;
}

export type ShellState =
  | { phase: 'opening' }
  | { phase: 'open'; container: string; tty: boolean; stdin: boolean }
  | { phase: 'ended'; exitCode: number; reason: string | null }
  | { phase: 'failed'; error: AppError };

export interface ShellListener {
  onState(state: ShellState): void;
  /** Calls `taken` when the bytes are on the screen. */
  onOutput(bytes: Uint8Array, taken: () => void): void;
}

/** What is shown is told in portions of this size: each message costs something too. Bytes. */
const portion = 64 * 1024;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** One program in a container, from the ticket to its end. Its owner closes it. */
export class ShellConnection {
  readonly #listener: ShellListener;
  readonly #words: () => ConnectionWords;
  #socket: ShellSocket | null = null;
  #state: ShellState = { phase: 'opening' };
  #closed = false;
  #shown = 0;

  constructor(reach: ShellReach, mode: 'exec' | 'attach', shell: ShellQuery, listener: ShellListener) {
    this.#listener = listener;
    this.#words = reach.words;
    reach.ticket({ purpose: mode, shell }).then(
      (ticket) => this.#open(reach.openSocket(addressOf(mode, shell), socketProtocols(ticket))),
      (thrown) => this.#turn({ phase: 'failed', error: toAppError(thrown) }),
    );
  }

  write(bytes: Uint8Array): void {
    this.#send(shellChannels.stdin, bytes);
  }

  resize(columns: number, rows: number): void {
    this.#send(shellChannels.resize, encoder.encode(JSON.stringify({ columns, rows })));
  }

  close(): void {
    this.#closed = true;
    this.#socket?.close();
  }

  #open(socket: ShellSocket): void {
    if (this.#closed) {
      socket.close();
      return;
    }
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) this.#receive(new Uint8Array(data));
    };
    socket.onclose = (event) => this.#lose(event);
  }

  #receive(message: Uint8Array): void {
    if (this.#closed) return;
    const payload = message.subarray(1);
    if (message[0] === shellChannels.status) this.#hear(payload);
    else if (message[0] === shellChannels.stdout || message[0] === shellChannels.stderr) {
      this.#listener.onOutput(payload, () => this.#took(payload.byteLength));
    }
  }

  #hear(payload: Uint8Array): void {
    const status = readStatus(decoder.decode(payload));
    if (status === undefined) return;
    if (status.state === 'started') {
      this.#turn({ phase: 'open', container: status.container, tty: status.tty, stdin: status.stdin });
      this.#sendTaken(0);
    } else if (status.state === 'ended') this.#turn({ phase: 'ended', exitCode: status.exitCode, reason: status.reason });
    else {
      const { code, error, details, hint } = status.error;
      this.#turn({ phase: 'failed', error: new AppError(code, error, { details, ...(hint === undefined ? {} : { hint }) }) });
    }
  }

  #took(bytes: number): void {
    this.#shown += bytes;
    if (this.#shown < portion) return;
    this.#sendTaken(this.#shown);
    this.#shown = 0;
  }

  #sendTaken(bytes: number): void {
    this.#send(shellChannels.taken, encoder.encode(JSON.stringify({ bytes })));
  }

  /** The socket closes after the program's end has been told; before that, the connection broke off. */
  #lose({ reason }: CloseEvent): void {
    const { phase } = this.#state;
    if (this.#closed || phase === 'ended' || phase === 'failed') return;
    this.#turn({ phase: 'failed', error: phase === 'open' ? lost(reason, this.#words()) : refused(reason, this.#words()) });
  }

  #turn(state: ShellState): void {
    if (this.#closed) return;
    this.#state = state;
    this.#listener.onState(state);
  }

  #send(channel: number, payload: Uint8Array): void {
    if (this.#state.phase !== 'open') return;
    const message = new Uint8Array(payload.byteLength + 1);
    message[0] = channel;
    message.set(payload, 1);
    this.#socket?.send(message);
  }
}

function addressOf(mode: 'exec' | 'attach', { command, ...query }: ShellQuery): string {
  const parameters = new URLSearchParams(Object.entries(query).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])));
  for (const word of command) parameters.append('command', word);
  return `${mode === 'exec' ? execPath : attachPath}?${parameters}`;
}

/** Undefined for what this version of the page does not know. */
function readStatus(text: string): ShellStatus | undefined {
  try {
    return shellStatusSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function lost(reason: string, words: ConnectionWords): AppError {
  return new AppError('CLUSTER_UNREACHABLE', reason === '' ? words.lost : reason, {
    hint: words.lostHint,
  });
}

/** A browser is not told why a socket was refused. */
function refused(reason: string, words: ConnectionWords): AppError {
  return new AppError('INTERNAL_ERROR', reason === '' ? words.refused : reason, {
    hint: words.refusedHint,
  });
}
