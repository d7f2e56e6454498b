import { AppError, type ClientFrameCall, type ServerFrame, serverFrameSchema, type Window } from '@quarterdeck/contract';

/** The part of a WebSocket that the client uses. */
export interface Socket {
  send(data: string): void;
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
  close(): void;
}

interface Entry {
  id: string;
  request: SubscribeRequest;
  listener: Listener;
  /** The `seq` of the next frame. */
  expected: number;
}

const firstDelay = 1_000;
const longestDelay = 30_000;

/**
 * One socket for all subscriptions of a tab. When it breaks, it is opened again after 1 to 30 seconds and everything
 * is subscribed anew; after a gap in `seq`, that subscription alone. Whoever listens gets a fresh snapshot either way.
 */
export function createLiveClient(options: LiveOptions): LiveClient {
  const entries = new Map<string, Entry>();
  const stateListeners = new Set<() => void>();
  let state: LiveState = 'connecting';
  let socket: Socket | null = null;
  let cancelRetry: (() => void) | null = null;
  let attempts = 0;
  let ids = 0;
  let closed = false;

  function setState(next: LiveState): void {
    if (state === next) return;
    state = next;
    for (const listener of stateListeners) listener();
  }

  function send(frame: ClientFrameCall): void {
    if (state === 'open') socket?.send(JSON.stringify(frame));
  }

  /** A new id a time: frames that are still under way for the old one are not mistaken for the new one's. */
  function start(entry: Entry): void {
    entries.delete(entry.id);
    entry.id = `s${++ids}`;
    entry.expected = 1;
    entries.set(entry.id, entry);
    send({ ...entry.request, id: entry.id });
  }

  function connect(): void {
    cancelRetry = null;
    setState('connecting');
    const opened = options.openSocket();
    socket = opened;
    opened.onopen = () => {
      attempts = 0;
      setState('open');
      for (const entry of [...entries.values()]) start(entry);
    };
    opened.onmessage = (event) => receive(event.data);
    opened.onclose = () => {
      if (closed || socket !== opened) return;
      socket = null;
      setState('waiting');
      cancelRetry = options.schedule(connect, backOff(attempts++, options.random()));
    };
  }

  function receive(data: unknown): void {
    const frame = readFrame(data);
    const entry = frame === undefined ? undefined : entries.get(frame.id);
    if (frame === undefined || entry === undefined) return;
    if (frame.type === 'failed') {
      const { error, code, details, hint } = frame.error;
      entry.listener.onError(new AppError(code, error, { details, ...(hint === undefined ? {} : { hint }) }));
    } else if (frame.seq === entry.expected) {
      entry.expected += 1;
      entry.listener.onFrame(frame);
    } else {
      send({ type: 'unsubscribe', id: entry.id });
      start(entry);
    }
  }

  connect();
  return {
    subscribe(request, listener) {
      const entry: Entry = { id: '', request, listener, expected: 1 };
      start(entry);
      return {
        moveWindow(window) {
          if (entry.request.type !== 'subscribeResources') return;
          entry.request = { ...entry.request, window };
          send({ type: 'moveWindow', id: entry.id, window });
        },
        close() {
          entries.delete(entry.id);
          send({ type: 'unsubscribe', id: entry.id });
        },
      };
    },
    state: () => state,
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    retryNow() {
      if (state !== 'waiting') return;
      cancelRetry?.();
      connect();
    },
    close() {
      closed = true;
      cancelRetry?.();
      socket?.close();
    },
  };
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
