import { AppError } from '@quarterdeck/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MemoryCluster } from '../testing/memory-cluster.ts';
import { ClusterRegistry, type SourcesChange } from './cluster-registry.ts';
import type { ClusterSource } from './cluster-source.ts';

const { signal } = new AbortController();

/** A registry over sources that the test changes as a kubeconfig would. */
function registryOf(...sources: ClusterSource[]) {
  let tell: (change: SourcesChange) => void = () => undefined;
  const library = {
    kubeconfigCurrent: sources[0]?.id ?? null,
    onChange: (listener: (change: SourcesChange) => void) => {
      tell = listener;
      return () => undefined;
    },
    close: () => undefined,
  };
  registry = new ClusterRegistry({ sources, current: sources[0]?.id ?? null, library }, () => undefined);
  const change = (change: Partial<SourcesChange>) => tell({ sources, kubeconfigCurrent: library.kubeconfigCurrent, touched: new Set(), ...change });
  return { registry, change };
}

let registry: ClusterRegistry | null = null;
afterEach(() => registry?.close());

const expired = new AppError('CLUSTER_AUTH_FAILED', 'The token has expired.');

/** A context whose login is its fingerprint. */
function context(cluster: MemoryCluster, id: string, fingerprint = 'one'): ClusterSource {
  return { ...cluster.source, id, context: { file: '/config', origin: 'kubeconfig', user: 'ann', fingerprint }, open: vi.fn(async () => cluster) };
}

it('a cluster whose login ends while it is open says so, and goes on once somebody logged in', async () => {
  const memory = new MemoryCluster();
  const { registry } = registryOf(context(memory, 'a'));
  const runtime = registry.get('a');
  await runtime.access();
  const kinds = vi.spyOn(memory, 'kinds').mockRejectedValueOnce(expired);
  await expect(runtime.kinds(signal)).rejects.toBe(expired);
  expect(runtime.status()).toMatchObject({ state: 'authNeeded', reason: 'The token has expired.' });
  kinds.mockRestore();
  runtime.retryNow();
  await vi.waitFor(() => expect(runtime.status()).toMatchObject({ state: 'live', reason: null }));
});

describe('clusters whose kubeconfig changes', () => {
  it('appear and go, without a connection that nobody asked for', async () => {
    const [a, b] = [context(new MemoryCluster(), 'a'), context(new MemoryCluster(), 'b')];
    const { registry, change } = registryOf(a);
    change({ sources: [a, b] });
    expect(registry.list().map(({ id, state }) => [id, state])).toEqual([
      ['a', 'idle'],
      ['b', 'idle'],
    ]);
    change({ sources: [b] });
    expect(registry.list().map(({ id }) => id)).toEqual(['b']);
    expect(() => registry.get(undefined)).toThrow('No cluster is selected.');
    expect(a.open).not.toHaveBeenCalled();
    expect(b.open).not.toHaveBeenCalled();
  });

  it('keep their connection while server and login stay the same', async () => {
    const memory = new MemoryCluster();
    const { registry, change } = registryOf(context(memory, 'a'));
    const runtime = registry.get('a');
    await runtime.access();
    const moved = { ...context(memory, 'a'), namespace: 'other' };
    change({ sources: [moved] });
    expect(registry.get('a')).toBe(runtime);
    expect(runtime.source.namespace).toBe('other');
    expect(memory.closed).toBe(false);
    expect(moved.open).not.toHaveBeenCalled();
  });

  it('connect anew with another login, and tell who used the old one', async () => {
    const [before, after] = [new MemoryCluster(), new MemoryCluster()];
    before.outage = expired;
    const { registry, change } = registryOf(context(before, 'a'));
    await registry
      .get('a')
      .connect()
      .catch(() => null);
    expect(registry.list()[0]).toMatchObject({ state: 'authNeeded', reason: 'The token has expired.' });
    const replaced: string[] = [];
    registry.onReplaced((id) => replaced.push(id));
    change({ sources: [context(after, 'a', 'two')] });
    await vi.waitFor(() => expect(registry.list()[0]).toMatchObject({ state: 'live', current: true }));
    expect(replaced).toEqual(['a']);
    expect(before.closed).toBe(true);
  });

  it('try a login again when a file that it names changed, and not before', async () => {
    const memory = new MemoryCluster();
    memory.outage = expired;
    const source = context(memory, 'a');
    const { registry, change } = registryOf(source);
    await registry
      .get('a')
      .connect()
      .catch(() => null);
    memory.outage = null;
    change({ sources: [source] });
    expect(source.open).toHaveBeenCalledTimes(1);
    change({ sources: [source], touched: new Set(['a']) });
    await vi.waitFor(() => expect(registry.list()[0]?.state).toBe('live'));
  });

  it('show another current-context and do not follow it', () => {
    const [a, b] = [context(new MemoryCluster(), 'a'), context(new MemoryCluster(), 'b')];
    const { registry, change } = registryOf(a, b);
    change({ kubeconfigCurrent: 'b' });
    expect(registry.list().map(({ id, current, kubeconfigCurrent }) => [id, current, kubeconfigCurrent])).toEqual([
      ['a', true, false],
      ['b', false, true],
    ]);
  });
});

describe('a cluster of which nothing is watched', () => {
  it('is asked for a sign of life, and says since when it gives none', async () => {
    const memory = new MemoryCluster();
    const { registry } = registryOf(context(memory, 'a'));
    const runtime = registry.get('a');
    await runtime.access();
    const live = registry.list()[0]?.since;
    memory.outage = new AppError('CLUSTER_UNREACHABLE', 'No route.', { hint: 'Check the VPN.' });
    await runtime.beat();
    expect(registry.list()[0]).toMatchObject({ state: 'stale', reason: 'No route.', remedy: 'Check the VPN.' });
    memory.outage = null;
    runtime.retryNow();
    await vi.waitFor(() => expect(registry.list()[0]?.state).toBe('live'));
    expect(Date.parse(registry.list()[0]?.since ?? '')).toBeGreaterThanOrEqual(Date.parse(live ?? ''));
  });

  it('is left alone while something of it is watched', async () => {
    const memory = new MemoryCluster();
    const { registry } = registryOf(context(memory, 'a'));
    const runtime = registry.get('a');
    const list = await runtime.openList(await runtime.kind('Pod', signal), []);
    const version = vi.spyOn(memory, 'version');
    await runtime.beat();
    expect(version).not.toHaveBeenCalled();
    list.release();
  });
});
