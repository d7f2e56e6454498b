import type { LogEntry } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ContainerLogServer } from '../testing/container-log-server.ts';
import { ContainerLog } from './container-log.ts';
import type { StreamClock } from './stream-clock.ts';

let server: ContainerLogServer;
let closing: AbortController;

beforeEach(() => {
  server = new ContainerLogServer();
  closing = new AbortController();
});
afterEach(() => closing.abort());

/** Real time, so many times as fast. */
const clockOf = (speed: number): StreamClock => ({
  now: () => performance.now() * speed,
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds / speed);
    return () => clearTimeout(timer);
  },
});

const line = (second: number, nanos: number, text: string) => `2026-01-01T00:00:${String(second).padStart(2, '0')}.${String(nanos).padStart(9, '0')}Z ${text}`;

function follow(pod = 'web', { speed = 1000, ...options }: { follow?: boolean; speed?: number } = {}) {
  let lost = 0;
  const log = new ContainerLog({
    ...{ api: server, pod: server.podOf(pod), container: 'app', follow: true, previous: false, start: {}, clock: clockOf(speed), signal: closing.signal },
    ...options,
    onChange: () => undefined,
    onLost: (lines) => {
      lost += lines;
    },
  });
  const read: LogEntry[] = [];
  const take = () => {
    for (let entry = log.queue.shift(); entry !== null; entry = log.queue.shift()) read.push(entry);
    log.taken();
  };
  const done = log.run();
  const texts = () => {
    take();
    return read.map(({ text, marker }) => (marker === undefined ? text : `<${marker}>`));
  };
  return { log, take, done, read, texts, lost: () => lost };
}

describe('a log that is cut', () => {
  it('goes on where it was, with lines of the same second and the same time neither lost nor doubled', async () => {
    server.begin('web');
    server.write('web', line(1, 1, 'a'), line(1, 2, 'b'), line(1, 2, 'b'), line(1, 2, 'b'));
    const { texts } = follow();
    await vi.waitFor(() => expect(texts()).toEqual(['a', 'b', 'b', 'b']));
    server.cut('web');
    server.write('web', line(1, 2, 'b'), line(1, 3, 'c'), line(2, 0, 'd'));
    await vi.waitFor(() => expect(texts()).toEqual(['a', 'b', 'b', 'b', 'b', 'c', 'd']));
    expect(server.queries.at(-1)).toMatchObject({ sinceTime: '2026-01-01T00:00:01Z', follow: 'true' });
  });

  it('may step back in time by a little, as two outputs that are stamped apart do', async () => {
    server.begin('web');
    server.write('web', line(1, 5, 'out'), line(1, 3, 'err'), line(1, 4, 'err again'));
    const { texts } = follow();
    await vi.waitFor(() => expect(texts()).toHaveLength(3));
    server.cut('web');
    server.write('web', line(1, 4, 'new and earlier'), line(1, 6, 'later'));
    await vi.waitFor(() => expect(texts()).toEqual(['out', 'err', 'err again', 'new and earlier', 'later']));
  });

  it('says so where the node no longer has the line it stood at', async () => {
    server.begin('web');
    server.write('web', line(1, 1, 'a'));
    const { texts } = follow();
    await vi.waitFor(() => expect(texts()).toEqual(['a']));
    server.rotate('web');
    server.write('web', line(5, 1, 'z'));
    server.cut('web');
    await vi.waitFor(() => expect(texts()).toEqual(['a', '<gap>', 'z']));
  });
});

describe('a container that restarts', () => {
  it('is followed into its next run', async () => {
    server.begin('web');
    server.write('web', line(1, 1, 'first run'));
    const { log, texts } = follow();
    await vi.waitFor(() => expect(texts()).toEqual(['first run']));
    server.end('web');
    log.update(server.podOf('web'));
    server.begin('web');
    server.write('web', line(2, 1, 'second run'));
    log.update(server.podOf('web'));
    await vi.waitFor(() => expect(texts()).toEqual(['first run', '<restarted>', 'second run']));
  });

  it('while the connection was away loses nothing of its last words', async () => {
    server.begin('web');
    server.write('web', line(1, 1, 'a'));
    const { log, texts } = follow();
    await vi.waitFor(() => expect(texts()).toEqual(['a']));
    server.write('web', line(1, 2, 'last words'));
    server.begin('web');
    server.write('web', line(1, 3, 'b'));
    server.cut('web');
    log.update(server.podOf('web'));
    await vi.waitFor(() => expect(texts()).toEqual(['a', 'last words', '<restarted>', 'b']));
  });

  it('faster than its pod tells is no gap', async () => {
    server.begin('web');
    server.write('web', line(1, 1, 'a'));
    const { log, texts } = follow('web', { speed: 10 });
    await vi.waitFor(() => expect(texts()).toEqual(['a']));
    server.begin('web');
    server.write('web', line(2, 1, 'b'));
    server.cut('web');
    await vi.waitFor(() => expect(server.queries).toHaveLength(2));
    log.update(server.podOf('web'));
    await vi.waitFor(() => expect(texts()).toEqual(['a', '<restarted>', 'b']));
  });

  it('more than once meanwhile leaves a gap, which is told', async () => {
    server.begin('web');
    server.write('web', line(1, 1, 'a'));
    const { log, texts } = follow();
    await vi.waitFor(() => expect(texts()).toEqual(['a']));
    server.begin('web');
    server.begin('web');
    server.write('web', line(9, 1, 'third run'));
    log.update(server.podOf('web'));
    server.cut('web');
    await vi.waitFor(() => expect(texts()).toEqual(['a', '<gap>', '<restarted>', 'third run']));
  });
});

describe('a pod that is deleted', () => {
  it('ends its log with a word', async () => {
    server.begin('web');
    server.write('web', line(1, 1, 'a'));
    const { log, texts, done } = follow();
    await vi.waitFor(() => expect(texts()).toEqual(['a']));
    server.end('web');
    log.remove();
    await done;
    expect(texts()).toEqual(['a', '<deleted>']);
    expect(log).toMatchObject({ live: false, state: 'ended' });
  });
});

describe('a reader that is slow', () => {
  const many = (count: number, second: number) => Array.from({ length: count }, (_, i) => line(second, i, `${i} ${'x'.repeat(100)}`));

  it('pauses a source that is only read, and misses nothing', async () => {
    server.begin('web');
    server.write('web', ...many(20_000, 1));
    server.end('web');
    const { log, take, read, done, lost } = follow('web', { follow: false });
    await vi.waitFor(() => expect(log.queue.full).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(log.live).toBe(true);
    const reading = setInterval(take, 1);
    await done;
    clearInterval(reading);
    take();
    expect(read).toHaveLength(20_000);
    expect(lost()).toBe(0);
  });

  it('pauses a followed one first, then loses the oldest lines, counted and told', async () => {
    server.begin('web');
    // A fast one, whose log the node would rotate soon.
    server.write('web', ...many(40_000, 1));
    const { texts, read, lost, take } = follow();
    await vi.waitFor(() => expect(lost()).toBeGreaterThan(20_000), { timeout: 10_000 });
    take();
    await vi.waitFor(() => {
      texts();
      const shown = read.filter(({ marker }) => marker === undefined).length;
      expect(shown + lost()).toBe(40_000);
    });
    expect(read.filter(({ marker }) => marker === 'lost').reduce((sum, { count = 0 }) => sum + count, 0)).toBe(lost());
  });
});
