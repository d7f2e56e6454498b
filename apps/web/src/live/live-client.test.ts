import type { ServerFrame } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { backOff, createLiveClient, type DataFrame, type Socket } from './live-client.ts';

/** A socket whose other end is the test. */
class TestSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readonly sent: { type: string; id: string; [field: string]: unknown }[] = [];

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(): void {
    this.onclose?.(new CloseEvent('close'));
  }

  open(): void {
    this.onopen?.(new Event('open'));
  }

  receive(frame: ServerFrame | string): void {
    this.onmessage?.(new MessageEvent('message', { data: typeof frame === 'string' ? frame : JSON.stringify(frame) }));
  }
}

function setUp() {
  const sockets: TestSocket[] = [];
  const waits: { callback: () => void; milliseconds: number }[] = [];
  const live = createLiveClient({
    openSocket() {
      const socket = new TestSocket();
      sockets.push(socket);
      return socket;
    },
    schedule(callback, milliseconds) {
      waits.push({ callback, milliseconds });
      return () => undefined;
    },
    random: () => 0,
  });
  const frames: DataFrame[] = [];
  const errors: string[] = [];
  const listener = { onFrame: (frame: DataFrame) => frames.push(frame), onError: (error: Error) => errors.push(error.message) };
  const socket = () => {
    const last = sockets.at(-1);
    if (last === undefined) throw new Error('No socket was opened.');
    return last;
  };
  return { live, socket, waits, frames, errors, listener };
}

const clusters = (id: string, seq: number): ServerFrame => ({ type: 'clustersSnapshot', id, seq, clusters: [] });
const lastId = (socket: TestSocket) => socket.sent.at(-1)?.id ?? '';

describe('createLiveClient', () => {
  it('subscribes once the socket is open and passes frames on', () => {
    const { live, socket, frames, listener } = setUp();
    live.subscribe({ type: 'subscribeClusters' }, listener);
    expect(socket().sent).toEqual([]);
    socket().open();
    expect(socket().sent).toMatchObject([{ type: 'subscribeClusters' }]);
    socket().receive(clusters(lastId(socket()), 1));
    socket().receive('no frame');
    socket().receive('{"type":"fromTheFuture"}');
    expect(frames).toHaveLength(1);
  });

  it('subscribes anew what the server has ended, and nothing else', () => {
    const { live, socket, frames, errors, listener } = setUp();
    live.subscribe({ type: 'subscribeClusters' }, listener);
    live.subscribe({ type: 'subscribeCosts' }, listener);
    socket().open();
    const ended = socket().sent[0]?.id ?? '';
    socket().receive({ type: 'failed', id: ended, error: { error: 'The login has ended.', code: 'CLUSTER_AUTH_FAILED', details: {}, requestId: 'r1' } });
    expect(errors).toEqual(['The login has ended.']);
    live.retryFailed();
    live.retryFailed();
    expect(socket().sent.slice(2)).toMatchObject([{ type: 'subscribeClusters' }]);
    socket().receive(clusters(lastId(socket()), 1));
    expect(frames).toHaveLength(1);
  });

  it('opens a broken socket again, waiting longer each time, and subscribes anew under new ids', () => {
    const { live, socket, waits, frames, listener } = setUp();
    live.subscribe({ type: 'subscribeClusters' }, listener);
    socket().open();
    const before = lastId(socket());
    socket().close();
    expect(live.state()).toBe('waiting');
    waits.at(-1)?.callback();
    socket().close();
    waits.at(-1)?.callback();
    socket().close();
    expect(waits.map((wait) => wait.milliseconds)).toEqual([1_000, 1_000, 2_000]);
    waits.at(-1)?.callback();
    socket().open();
    expect(live.state()).toBe('open');
    expect(lastId(socket())).not.toBe(before);
    socket().receive(clusters(before, 2));
    socket().receive(clusters(lastId(socket()), 1));
    expect(frames).toHaveLength(1);
  });

  it('subscribes one subscription anew after a gap and drops what came too late', () => {
    const { live, socket, frames, listener } = setUp();
    live.subscribe({ type: 'subscribeClusters' }, listener);
    socket().open();
    const first = lastId(socket());
    socket().receive(clusters(first, 1));
    socket().receive(clusters(first, 3));
    const [, left, again] = socket().sent;
    expect(left).toEqual({ type: 'unsubscribe', id: first });
    expect(again?.type).toBe('subscribeClusters');
    socket().receive(clusters(first, 4));
    socket().receive(clusters(again?.id ?? '', 1));
    expect(frames.map((frame) => frame.seq)).toEqual([1, 1]);
  });

  it('comes back to the window that the reader was at', () => {
    const { live, socket, waits, listener } = setUp();
    const window = { filter: '', sort: '', offset: 0, limit: 300 };
    const subscription = live.subscribe({ type: 'subscribeResources', kind: 'pods', window }, listener);
    socket().open();
    subscription.moveWindow({ ...window, offset: 900 });
    expect(socket().sent.at(-1)).toMatchObject({ type: 'moveWindow', window: { offset: 900 } });
    socket().close();
    waits.at(-1)?.callback();
    socket().open();
    expect(socket().sent).toMatchObject([{ type: 'subscribeResources', window: { offset: 900 } }]);
  });

  it('reports a refused subscription and forgets a closed one', () => {
    const { live, socket, errors, frames, listener } = setUp();
    const subscription = live.subscribe({ type: 'subscribeClusters' }, listener);
    socket().open();
    const id = lastId(socket());
    socket().receive({ type: 'failed', id, error: { error: 'No rights.', code: 'FORBIDDEN', details: {}, requestId: 'r' } });
    expect(errors).toEqual(['No rights.']);
    subscription.close();
    expect(socket().sent.at(-1)).toEqual({ type: 'unsubscribe', id });
    socket().receive(clusters(id, 1));
    expect(frames).toEqual([]);
  });
});

describe('backOff', () => {
  it('stays between 1 and 30 seconds', () => {
    const delays = Array.from({ length: 40 }, (_, attempt) => [backOff(attempt, 0), backOff(attempt, 1)]).flat();
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...delays)).toBe(30_000);
  });
});
