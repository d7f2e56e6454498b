import {
  decodeTerminalClientFrame,
  encodeTerminalServerFrame,
  type TerminalClientFrame,
  type TerminalEvent,
  type TerminalServerFrame,
} from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import type { Socket } from '../../../live/live-client.ts';
import { TerminalClient } from './terminal-client.ts';

/** A socket whose server is the test. */
class PlayedSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readonly sent: TerminalClientFrame[] = [];
  closed = false;

  send(data: string | Uint8Array<ArrayBuffer>): void {
    if (typeof data !== 'string') this.sent.push(decodeTerminalClientFrame(data));
  }

  close(): void {
    this.closed = true;
  }

  play(frame: TerminalServerFrame): void {
    this.onmessage?.(new MessageEvent('message', { data: encodeTerminalServerFrame(frame).buffer }));
  }

  /** What was sent since the last time, without what is the same each time. */
  take(): unknown[] {
    return this.sent.splice(0).map((frame) => {
      if (frame.type === 'control') return frame.control;
      return frame.type === 'input' ? `${frame.sequence} ${new TextDecoder().decode(frame.bytes)}` : frame;
    });
  }
}

const text = (written: string) => new TextEncoder().encode(written);
const attached = (mode: 'tail' | 'snapshot', offset: number, taken = 0): TerminalServerFrame => ({
  type: 'event',
  session: 7,
  event: { type: 'attached', mode, offset, columns: 80, rows: 24, state: 'running', exit: null, writer: null, taken },
});
const snapshot = (offset: number, content = ''): TerminalServerFrame => ({
  type: 'snapshot',
  session: 7,
  offset,
  columns: 80,
  rows: 24,
  alternate: false,
  truncated: false,
  hasMore: false,
  bytes: text(content),
});
const output = (offset: number, content: string): TerminalServerFrame => ({ type: 'output', session: 7, offset, bytes: text(content) });

function played() {
  const sockets: PlayedSocket[] = [];
  const waiting: (() => void)[] = [];
  const screen: string[] = [];
  const events: TerminalEvent['type'][] = [];
  const shows: (() => void)[] = [];
  const clock = { now: 0 };
  const client = new TerminalClient({
    clientId: 'page-0001',
    openSocket() {
      const socket = new PlayedSocket();
      sockets.push(socket);
      return socket;
    },
    schedule(callback) {
      waiting.push(callback);
      return () => void waiting.splice(waiting.indexOf(callback), 1);
    },
    random: () => 0,
    now: () => clock.now,
  });
  const listener = {
    onSnapshot(taken: { bytes: Uint8Array }, shown: () => void) {
      screen.splice(0, screen.length, `[${new TextDecoder().decode(taken.bytes)}]`);
      shows.push(shown);
    },
    onOutput(bytes: Uint8Array, _offset: number, shown: () => void) {
      screen.push(new TextDecoder().decode(bytes));
      shows.push(shown);
    },
    onEvent: (event: TerminalEvent) => events.push(event.type),
    onLive: (live: boolean) => screen.push(live ? '+' : '-'),
    onDisplaced: () => screen.push('displaced'),
  };
  const attach = () => client.attach(7, 500, listener);
  /** The socket that was opened last. */
  const socket = () => sockets.at(-1) ?? new PlayedSocket();
  const connect = () => socket().onopen?.(new Event('open'));
  const cut = () => socket().onclose?.(new CloseEvent('close'));
  const show = () => shows.splice(0).map((shown) => shown());
  /** Attached and shown up to offset 10. */
  const started = () => {
    const attachment = attach();
    connect();
    socket().play(attached('snapshot', 10));
    socket().play(snapshot(10, 'old'));
    show();
    socket().take();
    return attachment;
  };
  return { client, attach, connect, cut, show, socket, sockets, screen, events, waiting, clock, started };
}

describe('a terminal of the page', () => {
  it('begins with a snapshot, and sends what was typed meanwhile once output flows', () => {
    const { attach, connect, socket, screen } = played();
    const attachment = attach();
    attachment.resize(100, 30, 800, 600);
    attachment.write(text('ls\r'));
    connect();
    expect(socket().take()).toEqual([
      { type: 'hello', clientId: 'page-0001' },
      { type: 'attach', session: 7, haveOffset: null, lines: 500 },
    ]);
    socket().play(attached('snapshot', 10));
    expect(socket().take()).toEqual([]);
    socket().play(snapshot(10, 'old'));
    expect(socket().take()).toEqual([{ type: 'ready', session: 7 }, expect.objectContaining({ type: 'resize', columns: 100 }), '1 ls\r']);
    socket().play(output(10, 'new'));
    expect(screen).toEqual(['[old]', '+', 'new']);
  });

  it('goes on where it was after a cut, without a byte twice and without typing twice', () => {
    const { started, socket, cut, connect, waiting, screen, clock } = played();
    const attachment = started();
    socket().play(output(10, 'abc'));
    attachment.write(text('one'));
    attachment.write(text('two'));
    cut();
    attachment.write(text('three'));
    waiting.shift()?.();
    connect();
    expect(socket().take()).toContainEqual({ type: 'attach', session: 7, haveOffset: 13, lines: 500 });
    clock.now = 1_000;
    socket().play(attached('tail', 13, 1));
    expect(socket().take()).toEqual([{ type: 'ready', session: 7 }, '2 two', '3 three']);
    socket().play(output(12, 'cde'));
    expect(screen.slice(-4)).toEqual(['abc', '-', '+', 'de']);
  });

  it('forgets what was typed when the connection was away for too long', () => {
    const { started, socket, cut, connect, waiting, clock } = played();
    const attachment = started();
    cut();
    attachment.write(text('rm -rf build\r'));
    clock.now = 6_000;
    waiting.shift()?.();
    connect();
    socket().play(attached('tail', 10));
    expect(socket().take()).not.toContainEqual(expect.stringContaining('rm'));
  });

  it('numbers on where the page before a reload has stopped', () => {
    const { attach, connect, socket } = played();
    const attachment = attach();
    attachment.write(text('early'));
    connect();
    socket().play(attached('snapshot', 0, 41));
    socket().play(snapshot(0));
    expect(socket().take()).toContainEqual('42 early');
    attachment.write(text('x'));
    expect(socket().take()).toEqual(['43 x']);
  });

  it('asks for everything anew where something is missing', () => {
    const { started, socket, screen } = played();
    started();
    socket().play(output(20, 'later'));
    socket().play(output(25, 'and later'));
    expect(socket().take()).toEqual([{ type: 'attach', session: 7, haveOffset: null, lines: 500 }]);
    socket().play(attached('snapshot', 40));
    socket().play(snapshot(40, 'all'));
    expect(screen).toEqual(['[all]', '+']);
  });

  it('tells what it has shown, at once when that is much and soon when it is little', () => {
    const { started, socket, show, waiting } = played();
    started();
    socket().play(output(10, 'a'));
    show();
    expect(socket().take()).toEqual([]);
    waiting.shift()?.();
    expect(socket().take()).toEqual([{ type: 'acknowledge', session: 7, offset: 11 }]);
    for (let part = 0; part < 3; part += 1) socket().play(output(11 + part * 60_000, 'x'.repeat(60_000)));
    show();
    expect(socket().take()).toEqual([{ type: 'acknowledge', session: 7, offset: 180_011 }]);
  });

  it('is sent nothing while nobody can see it', () => {
    const { started, socket, client } = played();
    const attachment = started();
    client.setShown(false);
    attachment.setVisible(false);
    client.setShown(true);
    attachment.setVisible(true);
    expect(socket().take()).toEqual([false, false, false, true].map((visible) => ({ type: 'visibility', session: 7, visible })));
  });

  it('stands in one place of the page, and needs no connection where nothing does', () => {
    const { started, attach, client, screen, socket } = played();
    const first = started();
    const second = attach();
    expect(screen.at(-1)).toBe('displaced');
    first.detach();
    expect(client.link).toBe('open');
    socket().take();
    second.detach();
    expect(socket().take()).toEqual([{ type: 'detach', session: 7 }]);
    expect([client.link, socket().closed]).toEqual(['idle', true]);
  });
});
