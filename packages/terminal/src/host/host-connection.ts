import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import {
  AppError,
  decodeTerminalClientFrame,
  encodeTerminalServerFrame,
  type TerminalClientFrame,
  type TerminalControl,
  type TerminalEvent,
  type TerminalServerFrame,
  type TerminalTheme,
  toAppError,
} from '@quarterdeck/contract';
import { FrameReader, writeFramed } from '../protocol/framing.ts';
import {
  decodeHostMessage,
  encodeHostMessage,
  type HostHello,
  type HostResponse,
  hostHelloSchema,
  hostMessageTypes,
  hostProtocol,
  hostRequestSchema,
} from '../protocol/host-messages.ts';
import type { HostMethod } from './host-method.ts';
import type { Sessions } from './sessions.ts';
import type { Viewer } from './viewer.ts';

/** Milliseconds in which who connects must say who it is. */
const greetingWithin = 5000;
/** That waits in our memory for a server that does not read. Bytes. */
const mostUnsent = 4 * 1024 * 1024;

export interface ConnectionWorld {
  token: string;
  version: string;
  /** The first one that is let in brings the key; what an earlier host left is then there. */
  greeted(hello: HostHello): Promise<void>;
  sessions(): Sessions;
  methods(): readonly HostMethod[];
  report(what: string, thrown: unknown): void;
}

/** One connection of a server: its calls, and the terminals of one page. */
export class HostConnection {
  private readonly socket: Socket;
  private readonly world: ConnectionWorld;
  private readonly viewers = new Map<number, Viewer>();
  private readonly gone = new AbortController();
  private readonly greetedInTime: () => void;
  private hello: HostHello | null = null;
  private queue: Promise<void> = Promise.resolve();

  constructor(socket: Socket, world: ConnectionWorld) {
    this.socket = socket;
    this.world = world;
    const reader = new FrameReader((message) => this.receive(message));
    const late = setTimeout(() => socket.destroy(), greetingWithin);
    socket.on('data', (chunk: Buffer) => this.guarded(() => reader.push(chunk)));
    socket.on('drain', () => this.pump());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.greetedInTime();
      this.close();
    });
    this.greetedInTime = () => clearTimeout(late);
  }

  get isBackedUp(): boolean {
    return this.socket.writableLength > mostUnsent;
  }

  send(frame: TerminalServerFrame): void {
    if (!this.socket.destroyed) writeFramed(this.socket, encodeTerminalServerFrame(frame));
  }

  /** About the connection, or all sessions. */
  tell(event: TerminalEvent): void {
    if (this.hello !== null) this.send({ type: 'event', session: 0, event });
  }

  get owner(): string | null {
    return this.hello?.owner ?? null;
  }

  end(): void {
    this.socket.end();
  }

  private receive(message: Buffer): void {
    if (this.hello === null) this.greet(message);
    else if (message[0] === hostMessageTypes.request) void this.answer(message);
    else this.receiveFrame(decodeTerminalClientFrame(message));
  }

  /** One after the other: what follows an attach must not overtake it. */
  private receiveFrame(frame: TerminalClientFrame): void {
    this.queue = this.queue.then(() => this.take(frame)).catch((thrown: unknown) => this.refuse(sessionOf(frame), thrown));
  }

  private greet(message: Buffer): void {
    if (message[0] !== hostMessageTypes.hello) throw new AppError('AUTH_REQUIRED', 'Say hello first.');
    const hello = decodeHostMessage(hostHelloSchema, message);
    if (!sameSecret(hello.token, this.world.token)) throw new AppError('AUTH_REQUIRED', 'The token is not that of this host.');
    if (hello.protocol !== hostProtocol) throw new AppError('UNSUPPORTED', `This host speaks version ${hostProtocol}.`);
    this.greetedInTime();
    this.hello = hello;
    this.queue = this.world.greeted(hello).then(() => {
      this.message(encodeHostMessage(hostMessageTypes.welcome, { protocol: hostProtocol, version: this.world.version, pid: process.pid }));
    });
  }

  private async answer(message: Buffer): Promise<void> {
    const request = decodeHostMessage(hostRequestSchema, message);
    await this.queue;
    const response: HostResponse = await this.run(request).then(
      (result) => ({ id: request.id, result, error: null }),
      (thrown: unknown) => {
        const { code, message: what, hint } = toAppError(thrown);
        if (code === 'INTERNAL_ERROR') this.world.report(`${request.method} failed`, thrown);
        return { id: request.id, result: null, error: { code, message: what, hint: hint ?? null } };
      },
    );
    this.message(encodeHostMessage(hostMessageTypes.response, response));
  }

  private async run({ method, owner, params }: { method: string; owner: string | null; params?: unknown }): Promise<unknown> {
    const found = this.world.methods().find(({ name }) => name === method);
    if (found === undefined)
      throw new AppError('UNSUPPORTED', `This host does not know ${method}.`, { hint: 'It is of another version: end its terminals, and it is replaced.' });
    // A connection for one person asks for nobody else.
    return found.call(params, { owner: this.owner ?? owner, signal: this.gone.signal });
  }

  private async take(frame: TerminalClientFrame): Promise<void> {
    if (frame.type === 'control') return this.control(frame.control);
    const viewer = this.viewers.get(frame.session);
    if (viewer === undefined) throw notAttached(frame.session);
    const session = this.world.sessions().byNumber(frame.session, this.owner);
    if (frame.type === 'acknowledge') return session.acknowledge(viewer, frame.offset);
    if (frame.type === 'input') return session.input(viewer.client, frame.sequence, frame.bytes);
    const { columns, rows, pixelWidth, pixelHeight } = frame;
    void session.resize(viewer.client, columns, rows, { width: pixelWidth, height: pixelHeight });
  }

  private async control(control: TerminalControl): Promise<void> {
    if (control.type === 'hello' || control.type === 'theme') return this.setTheme(control);
    if (control.type === 'attach') return this.attach(control);
    const viewer = this.viewers.get(control.session);
    if (viewer === undefined) throw notAttached(control.session);
    const session = this.world.sessions().byNumber(control.session, this.owner);
    switch (control.type) {
      case 'ready':
        viewer.start();
        return;
      case 'visibility':
        viewer.setVisible(control.visible);
        return session.pump();
      case 'takeOver':
        return session.takeOver(viewer.client);
      case 'history': {
        const { before, lines } = control;
        return viewer.tell({ type: 'history', before, ...session.history(before, lines) });
      }
      case 'detach':
        this.viewers.delete(control.session);
        return session.leave(viewer, false);
    }
  }

  private setTheme({ theme }: { theme?: TerminalTheme | undefined }): void {
    if (theme === undefined) return;
    const sessions = this.world.sessions();
    sessions.theme = theme;
    for (const session of sessions.of(this.owner)) session.setTheme(theme);
  }

  private async attach({ session: number, haveOffset, lines }: Extract<TerminalControl, { type: 'attach' }>): Promise<void> {
    const client = this.hello?.client;
    if (client == null) throw new AppError('VALIDATION_ERROR', 'A connection without a page shows no terminal.');
    const session = this.world.sessions().byNumber(number, this.owner);
    const before = this.viewers.get(number);
    if (before !== undefined) session.leave(before, true);
    this.viewers.set(number, await session.attach(client, this, { haveOffset, lines }));
  }

  private pump(): void {
    const sessions = this.world.sessions();
    for (const number of this.viewers.keys())
      sessions
        .of(this.owner)
        .find((session) => session.number === number)
        ?.pump();
  }

  private refuse(session: number, thrown: unknown): void {
    const { code, message, hint } = toAppError(thrown);
    if (code === 'INTERNAL_ERROR') this.world.report('A terminal frame failed', thrown);
    this.send({ type: 'event', session, event: { type: 'failed', code, message, hint: hint ?? null } });
  }

  /** Whoever does not speak our language is told nothing more. */
  private guarded(run: () => void): void {
    try {
      run();
    } catch (thrown) {
      if (toAppError(thrown).code === 'INTERNAL_ERROR') this.world.report('A connection failed', thrown);
      this.socket.destroy();
    }
  }

  private message(message: Uint8Array): void {
    if (!this.socket.destroyed) writeFramed(this.socket, message);
  }

  /** A page that goes for good detaches before; one whose connection breaks off may come back. */
  private close(): void {
    this.gone.abort();
    if (this.hello === null) return;
    const sessions = this.world.sessions();
    for (const [number, viewer] of this.viewers)
      sessions
        .of(null)
        .find((session) => session.number === number)
        ?.leave(viewer, true);
    this.viewers.clear();
  }
}

function sessionOf(frame: TerminalClientFrame): number {
  if (frame.type !== 'control') return frame.session;
  return 'session' in frame.control ? frame.control.session : 0;
}

function notAttached(session: number): AppError {
  return new AppError('CONFLICT', `The terminal ${session} is not attached here.`, { hint: 'Attach it first.' });
}

function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
