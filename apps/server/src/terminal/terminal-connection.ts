import {
  AppError,
  decodeTerminalClientFrame,
  encodeTerminalServerFrame,
  type TerminalClientFrame,
  type TerminalServerFrame,
  toAppError,
} from '@quarterdeck/contract';
import type { TerminalPage } from '@quarterdeck/terminal';
import type { Caller } from '../ledger/acts.ts';
import type { TerminalDesk } from './terminal-desk.ts';

/** That waits to be sent to a page: the host holds back from there on. Bytes. */
const mostUnsent = 4 * 1024 * 1024;
const enoughSent = 1024 * 1024;

/** What a WebSocket is to us. */
export interface TerminalSocket {
  readonly bufferedAmount: number;
  send(message: Uint8Array, sent: () => void): void;
  close(code: number, reason: string): void;
}

/** The terminals of one page: its frames go to the hosts as they come, and theirs to it. */
export class TerminalConnection {
  private readonly socket: TerminalSocket;
  private readonly desk: TerminalDesk;
  private readonly caller: Caller;
  private readonly failed: (error: AppError) => void;
  private readonly attached = new Set<number>();
  private page: Promise<TerminalPage> | null = null;
  private queue: Promise<void> = Promise.resolve();
  private paused = false;
  private closed = false;

  constructor(socket: TerminalSocket, options: { desk: TerminalDesk; caller: Caller; failed(error: AppError): void }) {
    this.socket = socket;
    this.desk = options.desk;
    this.caller = options.caller;
    this.failed = options.failed;
  }

  /** Throws VALIDATION_ERROR for what is no frame. */
  receive(message: Uint8Array): void {
    const frame = decodeTerminalClientFrame(message);
    this.queue = this.queue.then(() => this.take(frame)).catch((thrown: unknown) => this.refuse(frame, toAppError(thrown)));
  }

  /** `gone`: the page said that it goes, and does not come back to what it had. */
  async close(gone: boolean): Promise<void> {
    this.closed = true;
    await this.queue;
    const page = await this.page?.catch(() => null);
    if (gone) for (const session of this.attached) await page?.send({ type: 'control', control: { type: 'detach', session } });
    page?.close();
  }

  private async take(frame: TerminalClientFrame): Promise<void> {
    if (frame.type === 'control' && frame.control.type === 'hello') this.page ??= this.open(frame.control.clientId);
    if (this.page === null) throw new AppError('VALIDATION_ERROR', 'A page says hello first.');
    const page = await this.page;
    if (frame.type === 'control') await this.note(frame);
    await page.send(frame);
  }

  private async note({ control }: Extract<TerminalClientFrame, { type: 'control' }>): Promise<void> {
    if (control.type === 'attach') this.attached.add(control.session);
    if (control.type === 'detach') this.attached.delete(control.session);
    if (control.type === 'takeOver') await this.desk.takenOver(control.session, this.caller);
  }

  private open(client: string): Promise<TerminalPage> {
    const { actor } = this.caller;
    const events = {
      onFrame: (frame: TerminalServerFrame) => this.deliver(frame),
      onClose: () => this.closed || this.socket.close(1012, 'The terminal host has ended.'),
    };
    return this.desk.hostsFor(actor).openPage(actor.id, client, events);
  }

  private deliver(frame: TerminalServerFrame): void {
    if (this.closed) return;
    this.socket.send(encodeTerminalServerFrame(frame), () => this.goOn());
    if (this.socket.bufferedAmount > mostUnsent && !this.paused) this.hold(true);
  }

  private goOn(): void {
    if (this.paused && this.socket.bufferedAmount < enoughSent) this.hold(false);
  }

  private hold(paused: boolean): void {
    this.paused = paused;
    void this.page?.then((page) => (paused ? page.pause() : page.resume()));
  }

  private refuse(frame: TerminalClientFrame, error: AppError): void {
    if (error.code === 'INTERNAL_ERROR') this.failed(error);
    const session = frame.type !== 'control' ? frame.session : 'session' in frame.control ? frame.control.session : 0;
    const { code, message, hint = null } = error;
    this.deliver({ type: 'event', session, event: { type: 'failed', code, message: code === 'INTERNAL_ERROR' ? 'This failed unexpectedly.' : message, hint } });
  }
}
