import { AppError, type ClientFrameCall, type ServerFrame, serverFrameSchema, type Window } from '@quarterdeck/contract';

/** The part of a WebSocket that a client uses. */
export interface Socket {
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
}

export interface LiveOptions {
  openSocket(): Socket;
  /** Runs `callback` after `milliseconds`; returns what cancels it. */
  schedule(callback: () => void, milliseconds: number): () => void;
  /** 0 to 1, for the jitter of the back-off. */
  random(): number;
}

export type LiveState = 'connecting' | 'open' | 'waiting';

type Subscribe = Extract<ClientFrameCall, { type: `subscribe${string}` }>;
/** A subscription as a caller asks for it: the client chooses the id. */
export type SubscribeRequest = Subscribe extends infer Frame ? (Frame extends Subscribe ? Omit<Frame, 'id'> : never) : never;
export type DataFrame = Exclude<ServerFrame, { type: 'failed' }>;

export interface Listener {
  onFrame(frame: DataFrame): void;
  onError(error: AppError): void;
  /** What to ask for where it has to be subscribed anew, for what need not be told twice; the same again where it is left out. */
  resume?(): SubscribeRequest;
}

export interface Subscription {
  moveWindow(window: Window): void;
  close(): void;
}

export interface LiveClient {
  subscribe(request: SubscribeRequest, listener: Listener): Subscription;
  state(): LiveState;
  onState(listener: () => void): () => void;
  /** Reconnects now instead of at the end of the back-off. */
  retryNow(): void;
  /** Subscribes anew whatever the server has ended with an error. */
  retryFailed(): void;
}

interface Entry {
  id: string;
  request: SubscribeRequest;
  listener: Listener;
  /** The `seq` of the next frame. */
  expected: number;
  /** Whether the server has ended it with an error. */
  failed: boolean;
}

const firstDelay = 1_000;
const longestDelay = 30_000;

/**
 * One socket for all subscriptions of a tab. When it breaks, it is opened again after 1 to 30 seconds and everything
 * is subscribed anew; after a gap in `seq`, that subscription alone. Whoever listens gets a fresh snapshot either way.
 */
export function createLiveClient(options: LiveOptions): LiveClient {
  return new SocketLiveClient(options);
}

class SocketLiveClient implements LiveClient {
  readonly #options: LiveOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #stateListeners = new Set<() => void>();
  #state: LiveState = 'connecting';
  #socket: Socket | null = null;
  #cancelRetry: (() => void) | null = null;
  #attempts = 0;
  #ids = 0;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#connect();
  }

  subscribe(request: SubscribeRequest, listener: Listener): Subscription {
    const entry: Entry = { id: '', request, listener, expected: 1, failed: false };
    this.#start(entry);
    return {
      moveWindow: (window) => {
        if (entry.request.type !== 'subscribeResources') return;
        entry.request = { ...entry.request, window };
        this.#send({ type: 'moveWindow', id: entry.id, window });
      },
      close: () => {
        this.#entries.delete(entry.id);
        this.#send({ type: 'unsubscribe', id: entry.id });
      },
    };
  }

  state(): LiveState {
    return this.#state;
  }

  onState(listener: () => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  retryNow(): void {
    if (this.#state !== 'waiting') return;
    this.#cancelRetry?.();
    this.#connect();
  }

  retryFailed(): void {
    for (const entry of [...this.#entries.values()]) if (entry.failed) this.#start(entry);
  }

  #connect(): void {
    this.#cancelRetry = null;
    this.#setState('connecting');
    const socket = this.#options.openSocket();
    this.#socket = socket;
    socket.onopen = () => {
      this.#attempts = 0;
      this.#setState('open');
      for (const entry of [...this.#entries.values()]) this.#start(entry);
    };
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#setState('waiting');
      const delay = backOff(this.#attempts, this.#options.random());
      this.#attempts += 1;
      this.#cancelRetry = this.#options.schedule(() => this.#connect(), delay);
    };
  }

  /** A new id a time: frames that are still under way for the old one are not mistaken for the new one's. */
  #start(entry: Entry): void {
    const anew = this.#entries.delete(entry.id);
    this.#ids += 1;
    entry.id = `s${this.#ids}`;
    entry.expected = 1;
    entry.failed = false;
    this.#entries.set(entry.id, entry);
    this.#send({ ...(anew ? (entry.listener.resume?.() ?? entry.request) : entry.request), id: entry.id });
  }

  #receive(data: unknown): void {
    const frame = readFrame(data);
    const entry = frame === undefined ? undefined : this.#entries.get(frame.id);
    if (frame === undefined || entry === undefined) return;
    if (frame.type === 'failed') {
      entry.failed = true;
      const { error, code, details, hint } = frame.error;
      entry.listener.onError(new AppError(code, error, { details, ...(hint === undefined ? {} : { hint }) }));
    } else if (frame.seq === entry.expected) {
      entry.expected += 1;
      entry.listener.onFrame(frame);
    } else {
      this.#send({ type: 'unsubscribe', id: entry.id });
      this.#start(entry);
    }
  }

  #send(frame: ClientFrameCall): void {
    if (this.#state === 'open') this.#socket?.send(JSON.stringify(frame));
  }

  #setState(next: LiveState): void {
    if (this.#state === next) return;
    this.#state = next;
    for (const listener of this.#stateListeners) listener();
  }
}

/** Doubles from 1 s to 30 s; the last half is random so that many tabs do not come back at once. */
export function backOff(attempt: number, random: number): number {
  const ceiling = Math.min(longestDelay, firstDelay * 2 ** attempt);
  return attempt === 0 ? firstDelay : ceiling / 2 + (ceiling / 2) * random;
}

/** Undefined for what is no frame of the contract: a newer server may send more than this page knows. */
function readFrame(data: unknown): ServerFrame | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    return serverFrameSchema.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}
