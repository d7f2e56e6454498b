import { AppError, builtInKinds, type LogEntry, type ResourceKind } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { ContainerLogServer } from '../testing/container-log-server.ts';
import { openLogs } from './open-logs.ts';

const podKind: ResourceKind = {
  ...{ apiVersion: builtInKinds.Pod.apiVersion, kind: 'Pod', plural: 'pods', namespaced: true },
  ...{ shortNames: ['po'], group: 'workloads', verbs: ['get', 'list', 'watch'] },
};
const pods = Array.from({ length: 50 }, (_, i) => `web-${i}`);
const linesEach = 2_000;

let server: ContainerLogServer;
let closing: AbortController;

beforeEach(() => {
  server = new ContainerLogServer();
  server.chunkSize = 8_000;
  closing = new AbortController();
  for (const pod of pods) server.begin(pod);
});
afterEach(() => closing.abort());

/** A cluster with these pods, in which none comes or goes. */
function access(): Pick<ClusterAccess, 'id' | 'api' | 'kinds' | 'get' | 'list' | 'watch'> {
  return {
    id: 'memory',
    api: server,
    kinds: async () => [podKind],
    get: () => Promise.reject(new Error('The test asks for no object.')),
    async *list() {
      yield { items: pods.map((pod) => server.podOf(pod)), resourceVersion: '1' };
    },
    async *watch(_kind, { signal, resourceVersion }) {
      yield { type: 'bookmark', resourceVersion };
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    },
  };
}

const open = (follow: boolean) =>
  openLogs(access(), { namespace: 'shop', kind: 'Pod', selector: 'app=web', containers: 'default', previous: false, follow }, { signal: closing.signal });

/** Lines of all pods, written in turn, some at the same time. */
function produce(): void {
  for (const [index, pod] of pods.entries()) {
    const lines = Array.from({ length: linesEach }, (_, i) => {
      const nanos = i * 500_000 + (index % 7) * 40_000;
      const time = `2026-01-01T00:00:${String(Math.floor(nanos / 1e9)).padStart(2, '0')}.${String(nanos % 1e9).padStart(9, '0')}Z`;
      return `${time} ${i}`;
    });
    server.write(pod, ...lines);
  }
}

const inOwnOrder = (entries: readonly LogEntry[]) =>
  pods.every((pod) => {
    const own = entries.filter((entry) => entry.pod === pod && entry.marker === undefined).map(({ text }) => Number(text));
    return own.every((value, i) => i === 0 || value > (own[i - 1] ?? 0));
  });

describe('logs that nobody may read', () => {
  it('end with the reason, also when they are followed', async () => {
    server.refusal = new AppError('FORBIDDEN', 'You may not get pods/log.');
    const stream = await open(true);
    const reading = (async () => {
      for await (const _batch of stream) expect(stream.stats().shown).toBe(0);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the logs of fifty pods', () => {
  it('are merged exactly when they are only read', async () => {
    produce();
    for (const pod of pods) server.end(pod);
    const entries: LogEntry[] = [];
    const stream = await open(false);
    for await (const batch of stream) entries.push(...batch);
    expect(entries).toHaveLength(pods.length * linesEach);
    const times = entries.map(({ time }) => time);
    expect(times).toEqual(times.toSorted());
    expect(inOwnOrder(entries)).toBe(true);
    expect(stream.stats()).toMatchObject({ shown: pods.length * linesEach, lost: 0, gaps: 0 });
  });

  it('are shown or counted as lost, every line, when they are followed by a slow reader', async () => {
    const entries: LogEntry[] = [];
    const stream = await open(true);
    produce();
    for await (const batch of stream) {
      entries.push(...batch);
      await new Promise((resolve) => setTimeout(resolve, 2));
      const { shown, lost } = stream.stats();
      if (shown + lost >= pods.length * linesEach) break;
    }
    const { shown, lost } = stream.stats();
    expect(shown + lost).toBe(pods.length * linesEach);
    expect(entries.filter(({ marker }) => marker === undefined)).toHaveLength(shown);
    expect(inOwnOrder(entries)).toBe(true);
  });
});
