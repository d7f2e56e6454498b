import {
  decodeTerminalServerFrame,
  encodeTerminalClientFrame,
  type TerminalClientFrame,
  type TerminalControl,
  type TerminalServerFrame,
  type TerminalTheme,
} from '@quarterdeck/contract';
import { backOff, type Socket } from '../../../live/live-client.ts';
import { TerminalAttachment, type TerminalListener } from './terminal-attachment.ts';

export interface TerminalClientOptions {
  /** Names this page to the server: the same after a reload, so that who typed before types on. */
  clientId: string;
  openSocket(): Socket;
  /** Runs `callback` after `milliseconds`; returns what cancels it. */
  schedule(callback: () => void, milliseconds: number): () => void;
  /** 0 to 1, for the jitter of the back-off. */
  random(): number;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

/** `idle`: nothing is shown, so no connection is needed. */
export type TerminalLink = 'idle' | 'connecting' | 'open' | 'waiting';

/**
 * All terminals of a page over one socket. It is open while something is attached; when it breaks it is opened again, and
 * each terminal goes on where it was, without a byte lost or shown twice.
 */
export class TerminalClient {
  readonly #options: TerminalClientOptions;
  readonly #attachments = new Map<number, TerminalAttachment>();
  readonly #linkListeners = new Set<() => void>();
  readonly #sessionListeners = new Set<() => void>();
  #socket: Socket | null = null;
  #link: TerminalLink = 'idle';
  #attempts = 0;
  #cancelRetry: (() => void) | null = null;
  #theme: TerminalTheme | null = null;
  #shown = true;

  constructor(options: TerminalClientOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.clientId;
  }

  get link(): TerminalLink {
    return this.#link;
  }

  onLink(listener: () => void): () => void {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  }

  /** Sessions have begun or ended, or are called something else. */
  onSessions(listener: () => void): () => void {
    this.#sessionListeners.add(listener);
    return () => this.#sessionListeners.delete(listener);
  }

  /** Shows a session. It can be in one place of the page: where it was before is told that it no longer is. */
  attach(session: number, lines: number, listener: TerminalListener): TerminalAttachment {
    this.#attachments.get(session)?.displace();
    const attachment = new TerminalAttachment(session, lines, listener, {
      send: (frame) => this.#send(frame),
      schedule: this.#options.schedule,
      now: this.#options.now,
      release: (released) => this.#release(released),
    });
    this.#attachments.set(session, attachment);
    if (this.#link === 'open') attachment.begin(this.#shown);
    else if (this.#link === 'idle') this.#connect();
    return attachment;
  }

  /** What programs are told that ask for colours. */
  setTheme(theme: TerminalTheme): void {
    this.#theme = theme;
    this.#control({ type: 'theme', theme });
  }

  /** Whether anybody can see the page: a page in the background shows nothing, and is sent nothing. */
  setShown(shown: boolean): void {
    this.#shown = shown;
    for (const attachment of this.#attachments.values()) attachment.setPageShown(shown);
    if (shown) this.retryNow();
  }

  /** Connects now instead of at the end of the back-off. */
  retryNow(): void {
    if (this.#link !== 'waiting') return;
    this.#cancelRetry?.();
    this.#connect();
  }

  #release(attachment: TerminalAttachment): void {
    if (this.#attachments.get(attachment.session) !== attachment) return;
    this.#attachments.delete(attachment.session);
    if (this.#attachments.size > 0) return;
    this.#cancelRetry?.();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#setLink('idle');
  }

  #connect(): void {
    this.#cancelRetry = null;
    this.#setLink('connecting');
    const socket = this.#options.openSocket();
    this.#socket = socket;
    socket.onopen = () => {
      if (this.#socket === socket) this.#opened();
    };
    socket.onmessage = ({ data }) => {
      if (this.#socket === socket && data instanceof ArrayBuffer) this.#receive(new Uint8Array(data));
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#lost();
    };
  }

  #opened(): void {
    this.#attempts = 0;
    this.#setLink('open');
    this.#control({ type: 'hello', clientId: this.#options.clientId, ...(this.#theme === null ? {} : { theme: this.#theme }) });
    for (const attachment of this.#attachments.values()) attachment.begin(this.#shown);
  }

  #lost(): void {
    this.#socket = null;
    for (const attachment of this.#attachments.values()) attachment.interrupt();
    this.#setLink('waiting');
    const delay = backOff(this.#attempts, this.#options.random());
    this.#attempts += 1;
    this.#cancelRetry = this.#options.schedule(() => this.#connect(), delay);
  }

  #receive(message: Uint8Array): void {
    const frame = readFrame(message);
    if (frame === undefined) return;
    if (frame.type === 'event' && frame.event.type === 'sessions') for (const listener of this.#sessionListeners) listener();
    else this.#attachments.get(frame.session)?.take(frame);
  }

  #control(control: TerminalControl): void {
    this.#send({ type: 'control', control });
  }

  #send(frame: TerminalClientFrame): void {
    if (this.#link === 'open') this.#socket?.send(encodeTerminalClientFrame(frame));
  }

  #setLink(next: TerminalLink): void {
    if (this.#link === next) return;
    this.#link = next;
    for (const listener of this.#linkListeners) listener();
  }
}

/** Undefined for what this version of the page does not know. */
function readFrame(message: Uint8Array): TerminalServerFrame | undefined {
  try {
    return decodeTerminalServerFrame(message);
  } catch (thrown) {
    console.warn('A frame of a terminal was not understood.', thrown);
    return undefined;
  }
}
