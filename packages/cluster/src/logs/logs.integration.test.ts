import type { LogEntry } from '@quarterdeck/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { openCluster } from '../access/open-cluster.ts';
import { selfSignedCertificate } from '../proxy/self-signed-certificate.ts';
import { FaultProxy } from '../testing/fault-proxy.ts';
import { sandboxContext } from '../testing/sandbox-context.ts';
import { SandboxPods } from '../testing/sandbox-pods.ts';
import { createDeployment, deletePod } from '../testing/sandbox-workloads.ts';
import { type LogStream, type LogsRequest, openLogs } from './open-logs.ts';
import { searchLogs } from './search-logs.ts';

const patient = { timeout: 60_000, interval: 200 };

describe('logs of a real cluster', () => {
  let pods: SandboxPods;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    pods = await SandboxPods.open('logs');
    await createDeployment(pods, 'ticks', { replicas: 5, script: 'i=0; while true; do i=$((i+1)); echo "$HOSTNAME $i"; sleep 0.05; done' });
    const crashing = 'for i in $(seq 1 20); do echo "line $i"; sleep 0.05; done; echo "last words"; exit 3';
    await pods.pod('crashing', [{ command: ['sh', '-c', crashing] }, { command: ['sh', '-c', 'echo beside; sleep 3600'] }], {
      initContainers: [{ name: 'before', image: 'docker.io/local/busybox:1', command: ['echo', 'at first'] }],
    });
    await pods.pod('large', [{ command: ['sh', '-c', 'seq 1 100000; head -c 3000000 /dev/zero | tr "\\0" x; echo; echo end'] }], { restartPolicy: 'Never' });
    await vi.waitFor(async () => expect(await written({ kind: 'deploy', name: 'ticks', tail: 50 })).toBe(250), patient);
    await vi.waitFor(async () => expect(await written({ name: 'crashing', container: 'side-1' })).toBe(1), patient);
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  afterAll(() => pods.close());

  const open = (request: Partial<LogsRequest>, access: ClusterAccess = pods.access) =>
    openLogs(
      access,
      { namespace: pods.namespace, kind: 'Pod', containers: 'default', follow: false, previous: false, ...request },
      { signal: AbortSignal.timeout(110_000) },
    );

  async function read(request: Partial<LogsRequest>): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    for await (const batch of await open(request)) entries.push(...batch);
    return entries;
  }

  /** Lines that are there. Containers that have not started yet are no reason to fail. */
  const written = async (request: Partial<LogsRequest>) => (await read(request)).filter(({ marker }) => marker === undefined).length;

  /** Reads on in the background. */
  async function follow(request: Partial<LogsRequest>, access?: ClusterAccess): Promise<{ stream: LogStream; entries: LogEntry[] }> {
    const stream = await open({ follow: true, ...request }, access);
    const entries: LogEntry[] = [];
    const reading = (async () => {
      for await (const batch of stream) entries.push(...batch);
    })();
    reading.catch(() => undefined); // Closed by the test.
    closing.push(() => stream.close());
    return { stream, entries };
  }

  const numbers = (entries: readonly LogEntry[], pod: string) =>
    entries.filter((entry) => entry.pod === pod && entry.marker === undefined).map(({ text }) => Number(text.split(' ')[1]));
  const counted = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

  it('of five pods come in the order of time', async () => {
    const entries = await read({ kind: 'deploy', name: 'ticks', tail: 50 });
    expect(entries).toHaveLength(250);
    expect(new Set(entries.map(({ pod }) => pod)).size).toBe(5);
    expect(entries.map(({ time }) => time)).toEqual(entries.map(({ time }) => time).sort());
    const recent = await read({ selector: 'app=ticks', sinceSeconds: 1 });
    expect(recent.length).toBeGreaterThan(0);
    expect(recent.length).toBeLessThan(250);
  });

  it('of all containers of a pod, those that ran before among them', async () => {
    const entries = await read({ name: 'crashing', containers: 'all' });
    expect(new Set(entries.map(({ container }) => container))).toEqual(new Set(['before', 'main', 'side-1']));
    expect(new Set((await read({ name: 'crashing' })).map(({ container }) => container))).toEqual(new Set(['main']));
  });

  it('go on in the next run of a container', async () => {
    const { entries } = await follow({ name: 'crashing' });
    const markers = () => entries.filter(({ marker }) => marker === 'restarted').length;
    await vi.waitFor(() => expect(markers()).toBeGreaterThan(0), { timeout: 100_000, interval: 500 });
    const at = entries.findIndex(({ marker }) => marker === 'restarted');
    expect(entries[at - 1]?.text).toBe('last words');
    await vi.waitFor(() => expect(entries[at + 1]?.text).toBe('line 1'), patient);
    // In the moment of a restart the node has removed the one before and not yet told so.
    await vi.waitFor(async () => {
      const previous = await read({ name: 'crashing', previous: true, tail: 2 });
      expect(previous.map(({ text }) => text)).toEqual(['line 20', 'last words']);
    }, patient);
  });

  it('follow the pods of a workload as they come and go', async () => {
    const { entries } = await follow({ kind: 'deploy', name: 'ticks', tail: 0 });
    await vi.waitFor(() => expect(new Set(entries.map(({ pod }) => pod)).size).toBe(5), patient);
    const gone = entries[0]?.pod ?? '';
    await deletePod(pods, gone);
    const joined = await vi.waitFor(() => entries.find(({ marker }) => marker === 'joined') ?? expect.fail('Nobody joined.'), patient);
    await vi.waitFor(() => expect(entries.some(({ marker, pod }) => marker === 'deleted' && pod === gone)).toBe(true), patient);
    await vi.waitFor(() => expect(numbers(entries, joined.pod).slice(0, 3)).toEqual([1, 2, 3]), patient);
    const own = numbers(entries, gone);
    expect(own).toEqual(counted(own[0] ?? 0, own.length));
  });

  it('lose and double nothing where the connection is cut', async () => {
    const context = await sandboxContext();
    const certificate = selfSignedCertificate('cut');
    const proxy = await FaultProxy.start(await context.connection(), certificate);
    closing.push(() => proxy.stop());
    const connection = async () => ({ ...(await context.connection()), server: proxy.url, certificateAuthority: async () => certificate.certificate });
    const access = await openCluster({ ...context, connection });
    closing.push(() => access.close());
    const { stream, entries } = await follow({ kind: 'deploy', name: 'ticks', tail: 5 }, access);
    for (let cut = 1; cut <= 3; cut += 1) {
      const before = entries.length;
      await vi.waitFor(() => expect(entries.length).toBeGreaterThan(before + 50), patient);
      proxy.breakConnections();
    }
    const before = entries.length;
    await vi.waitFor(() => expect(entries.length).toBeGreaterThan(before + 50), patient);
    for (const pod of new Set(entries.map((entry) => entry.pod))) {
      const own = numbers(entries, pod);
      expect(own).toEqual(counted(own[0] ?? 0, own.length));
    }
    expect(stream.stats()).toMatchObject({ lost: 0, gaps: 0 });
  });

  it('are whole for a reader that is slow, and too long lines are cut', async () => {
    await vi.waitFor(async () => expect((await read({ name: 'large', tail: 1 }))[0]?.text).toBe('end'), patient);
    let next = 1;
    const cut: number[] = [];
    for await (const batch of await open({ name: 'large' })) {
      for (const { text } of batch) if (text === String(next)) next += 1;
      cut.push(...batch.flatMap(({ count }) => count ?? []));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(next).toBe(100_001);
    expect(cut).toEqual([3_000_000 - 1024 * 1024 + 31]);
  });

  it('are searched, with what was not read', async () => {
    const filter = { include: ['^(5|50)000$'], exclude: [], before: 1, after: 0 };
    const request = { namespace: pods.namespace, kind: 'Pod', name: 'large', containers: 'default' } as const;
    const options = { filter, signal: AbortSignal.timeout(60_000) };
    const found = await searchLogs(pods.access, request, { ...options, limits: { entries: 100, bytes: 1e9, milliseconds: 30_000 } });
    expect(found.entries.map(({ text }) => text)).toEqual(['4999', '5000', '49999', '50000']);
    expect(found).toMatchObject({ matches: 2, unread: [] });
    const short = await searchLogs(pods.access, request, { ...options, limits: { entries: 1, bytes: 1e9, milliseconds: 30_000 } });
    expect(short.unread).toEqual(['The rest of the current logs: no more than 1 lines are shown.']);
  });

  it('of what is not there say so', async () => {
    await expect(read({ name: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('no pod nobody') });
    await expect(read({ name: 'crashing', container: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(read({ name: 'large', previous: true })).rejects.toMatchObject({ message: expect.stringMatching(/previous|no longer/) });
  });
});
