import type { LogEntry, LogStats } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import type { DataFrame, Listener, SubscribeRequest } from '../../live/live-client.ts';
import { styledText } from './ansi.ts';
import { fieldsOf } from './line-fields.ts';
import { pickedValue } from './line-menu.tsx';
import { LogFeed } from './log-feed.ts';
import { type LogLine, logLine } from './log-line.ts';
import { LogLines } from './log-lines.ts';
import { logRequests, resumed } from './log-requests.ts';
import { readLogsSearch, searchOf, subjectOf } from './log-search.ts';
import { logSubject } from './log-subject.ts';
import { findPlace, selectLines } from './select-lines.ts';
import { SourceNames } from './source-names.ts';

const target = { namespace: 'shop', kind: 'Deployment.apps', name: 'api' };
const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000000Z`;
const entry = (second: number, text: string, more: Partial<LogEntry> = {}): LogEntry => ({ pod: 'a', container: 'c', time: at(second), text, ...more });
const line = (second: number, text: string, more: Partial<LogEntry> = {}, previous?: LogLine): LogLine =>
  logLine(entry(second, text, more), { id: second, order: '', namespace: 'shop' }, previous);
const texts = (lines: readonly LogLine[]) => lines.map(({ text }) => text);

describe('the lines in memory', () => {
  it('put what several streams tell into the order of time, each in its own', () => {
    const lines = new LogLines(100);
    lines.add([entry(1, 'a1'), entry(4, 'a4'), entry(3, 'a clock went back')], 0, 'shop');
    lines.add([entry(2, 'b2', { pod: 'b' }), entry(4, 'b4', { pod: 'b' })], 1, 'shop');
    expect(texts(lines.all)).toEqual(['a1', 'b2', 'a4', 'a clock went back', 'b4']);
  });

  it('let the oldest go and count them, with their severities', () => {
    const lines = new LogLines(10);
    lines.add(
      Array.from({ length: 3_000 }, (_, i) => entry(1, `${i}`, { severity: i < 2_995 ? 'error' : 'info' })),
      0,
      'shop',
    );
    expect(lines.all).toHaveLength(10);
    expect(lines.trimmed).toBe(2_990);
    expect(lines.counts()).toMatchObject({ error: 5, info: 5, none: 0 });
  });

  it('know that a stack trace is as bad as what it belongs to', () => {
    const first = line(1, 'ERROR no', { severity: 'error' });
    expect(line(1, '    at com.shop.Pool', {}, first).severity).toBe('error');
    expect(line(1, 'next', {}, first).severity).toBeNull();
  });
});

describe('a feed over a socket that breaks', () => {
  const stats = (shown: number): LogStats => ({ shown, lost: 1, gaps: 0, sources: [], containers: [] });

  function open() {
    const listeners: Listener[] = [];
    const live = {
      subscribe(_request: SubscribeRequest, listener: Listener) {
        listeners.push(listener);
        return { moveWindow: () => undefined, close: () => undefined };
      },
    };
    const requests = logRequests(logSubject([target]), 'dev');
    const feed = new LogFeed({ live, requests, capacity: 100, keepsOldest: false, soon: (callback) => callback() });
    feed.open();
    const [listener] = listeners;
    if (listener === undefined) throw new Error('The feed subscribes to nothing.');
    const tell = (seq: number, entries: LogEntry[], shown = entries.length) => {
      const frame: DataFrame = { type: 'logBatch', id: 's', seq, entries, stats: stats(shown), ended: false };
      listener.onFrame(frame);
    };
    return { feed, listener, tell };
  }

  it('asks for what may be missing, shows no line twice, and counts on', () => {
    const { feed, listener, tell } = open();
    tell(1, [entry(40, 'one'), entry(41, 'two'), entry(41, 'two')]);
    expect(listener.resume?.()).toMatchObject({ sinceTime: '2026-01-01T00:00:11.000Z' });
    expect(listener.resume?.()).not.toHaveProperty('tail');
    tell(1, [entry(40, 'one'), entry(41, 'two'), entry(41, 'two'), entry(41, 'three'), entry(42, 'four')]);
    expect(texts(feed.lines.all.filter(({ marker }) => marker === null))).toEqual(['one', 'two', 'two', 'three', 'four']);
    expect(feed.facts()).toMatchObject({ reconnects: 1, read: 5, lost: 2 });
  });

  it('shows a run once that the node serves as the current one and as the one before', () => {
    const listeners: Listener[] = [];
    const live = {
      subscribe(_request: SubscribeRequest, listener: Listener) {
        listeners.push(listener);
        return { moveWindow: () => undefined, close: () => undefined };
      },
    };
    const requests = logRequests(logSubject([target], { at: { time: at(1), text: 'x' } }), 'dev');
    const feed = new LogFeed({ live, requests, capacity: 100, keepsOldest: true, soon: (callback) => callback() });
    feed.open();
    for (const listener of listeners) {
      listener.onFrame({ type: 'logBatch', id: 's', seq: 1, entries: [entry(1, 'x'), entry(1, 'x')], stats: stats(2), ended: true });
    }
    expect(texts(feed.lines.all)).toEqual(['x', 'x']);
    expect(feed.facts().read).toBe(2);
  });

  it('asks for a run before as it did, from its beginning', () => {
    const [request] = logRequests(logSubject([target], { previous: true, from: 'all' }), 'dev');
    if (request !== undefined) expect(resumed(request, at(40))).toEqual(request);
  });
});

describe('what is shown of the lines', () => {
  const all = ['x', 'x', 'bad', 'x', 'x'].map((text, i) => line(i + 1, text, text === 'bad' ? { severity: 'error' } : {}));

  it('are those of a severity with what is around them', () => {
    expect(selectLines(all, { severities: ['error'], context: 0 })).toEqual([all[2]]);
    expect(selectLines(all, { severities: ['error'], context: 1 }).map(({ id, context }) => [id, context])).toEqual([
      [2, true],
      [3, false],
      [4, true],
    ]);
  });

  it('is found again by its text next to its time, by its beginning, or by its time', () => {
    const lines = ['go', 'connection refused by redis', 'go', 'go'].map((text, i) => line(i * 10, text));
    expect(findPlace(lines, { time: at(21), text: 'go' })).toBe(2);
    expect(findPlace(lines, { time: null, text: 'go' })).toBe(3);
    expect(findPlace(lines, { time: null, text: 'connection refused by redis (redis:6379)' })).toBe(1);
    expect(findPlace(lines, { time: at(15), text: 'not there' })).toBe(2);
    expect(findPlace(lines, { time: null, text: 'not there' })).toBe(-1);
  });
});

describe('a view in the address', () => {
  it('comes back as it was', () => {
    const subject = logSubject([target, { namespace: 'shop', kind: 'Pod', name: 'x' }], {
      ...{ containers: ['app', 'proxy'], from: '15m', include: ['a,b', 'c d'], exclude: ['(?i)health'], severities: ['error', 'none'], context: 5 },
      ...{ fields: ['http.status'], time: 'relative', wrap: false, at: { time: at(3), text: 'boom' } },
    });
    expect(subjectOf(readLogsSearch({ ...searchOf(subject) }))).toEqual(subject);
  });

  it('names nothing where it can not be read, and reads the rest as usual', () => {
    expect(subjectOf(readLogsSearch({ of: 'Pod/x' }))).toBeNull();
    expect(subjectOf(readLogsSearch({ of: 'Pod/shop/x', from: 'yesterday', at: 'noon', severity: 'loud,error' }))).toMatchObject({
      ...{ from: '1000', at: null, severities: ['error'] },
    });
  });
});

describe('names of sources', () => {
  const pods = (...names: string[]) => names.map((pod) => ({ pod, container: 'c' }));

  it('say only what tells them apart, and keep their colour', () => {
    const names = new SourceNames();
    expect(names.of([])).toEqual(new Map());
    expect(names.of(pods('api-7f9-x2lq')).get('api-7f9-x2lq/c')).toEqual({ colour: 1, short: 'x2lq' });
    const both = names.of(pods('api-7f9-x2lq', 'api-8d1-aaaa'));
    expect([...both.values()]).toEqual([
      { colour: 1, short: '7f9-x2lq' },
      { colour: 2, short: '8d1-aaaa' },
    ]);
    expect(new SourceNames().of(pods('db-0', 'db-1')).get('db-0/c')?.short).toBe('db-0');
  });
});

describe('a line', () => {
  const start = String.fromCharCode(27);

  it('keeps colours that every theme has, and none of what moves a terminal', () => {
    const pieces = styledText(`${start}[2K${start}[1;31mbad${start}[0m and ${start}[38;5;46mgreen${start}[38;2;10;20;250mblue`);
    expect(pieces.map(({ text, style }) => [text, style.hue, style.bold])).toEqual([
      ['bad', 'red', true],
      [' and ', null, false],
      ['green', 'green', false],
      ['blue', 'blue', false],
    ]);
  });

  it('has fields of any depth, and a filter that finds their values and no others', () => {
    const structured = line(1, '{"msg":"m","http":{"status":50,"to":"/a.b"}}');
    expect([...(fieldsOf(structured)?.fields ?? [])]).toEqual([
      ['http.status', '50'],
      ['http.to', '/a.b'],
    ]);
    const expression = new RegExp(pickedValue({ text: '50', field: 'http.status' }, structured).expression);
    expect(expression.test(structured.text)).toBe(true);
    expect(expression.test('status="50" x=1')).toBe(true);
    expect(expression.test('{"status":500}')).toBe(false);
  });
});
