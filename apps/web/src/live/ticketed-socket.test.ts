import { describe, expect, it } from 'vitest';
import type { Socket } from './live-client.ts';
import { openTicketed } from './ticketed-socket.ts';

function setUp() {
  const inner: Socket = { onopen: null, onmessage: null, onclose: null, send: () => undefined, close: () => undefined };
  const opened: string[][] = [];
  const told: string[] = [];
  const open = (protocols: string[]) => {
    opened.push(protocols);
    return inner;
  };
  const listen = (socket: Socket) => {
    socket.onopen = () => told.push('open');
    socket.onclose = () => told.push('close');
  };
  return { inner, opened, told, open, listen };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('openTicketed', () => {
  it('opens with the ticket as a subprotocol and passes on what comes', async () => {
    const { inner, opened, told, open, listen } = setUp();
    listen(openTicketed(async () => 't1', open));
    await settled();
    inner.onopen?.(new Event('open'));
    expect([opened, told]).toEqual([[['quarterdeck.v1', 'quarterdeck.ticket.t1']], ['open']]);
  });

  it('closes where there is no ticket, and opens nothing that was closed before', async () => {
    const { opened, told, open, listen } = setUp();
    listen(openTicketed(() => Promise.reject(new Error('no login')), open));
    const early = openTicketed(async () => 't1', open);
    listen(early);
    early.close();
    await settled();
    expect([opened, told]).toEqual([[], ['close', 'close']]);
  });
});
