import { AppError, type BuiltInKind } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { customKindDefinition, MemoryCluster, testPod } from '../testing/memory-cluster.ts';
import { ClusterRuntime } from './cluster-runtime.ts';
import { type ObjectSource, openObjectSource } from './object-source.ts';

let cluster: MemoryCluster;
let runtime: ClusterRuntime;

beforeEach(() => {
  cluster = new MemoryCluster();
  for (const namespace of ['shop', 'other']) cluster.apply(testPod('web', namespace));
  runtime = new ClusterRuntime(cluster.source, () => undefined);
});

afterEach(() => runtime.close());

async function open(more: readonly BuiltInKind[] = []): Promise<ObjectSource> {
  const { signal } = new AbortController();
  const source = await openObjectSource(runtime, { kinds: ['Pod', 'Secret', 'Node', ...more], signal });
  await source.ready(signal);
  return source;
}

/** What a new reader is given. */
function all(source: ObjectSource) {
  const follower = source.follow(() => undefined);
  const taken = follower.take();
  follower.end();
  return { ...taken, objects: [...taken.upserts] };
}

describe('objects for the diagnosis', () => {
  it('are all that was asked for, as of now', async () => {
    const source = await open();
    expect(all(source)).toMatchObject({
      scope: null,
      coverage: { Namespace: 'read', Pod: 'read', Secret: 'read', Node: 'read' },
      reasons: {},
    });
    expect(all(source).objects.map(({ metadata }) => metadata.namespace)).toEqual(['shop', 'other']);
    expect(source.settled()).toBe(true);
  });

  it('leave out what may not be read, and say so', async () => {
    cluster.forbidden.add('Secret');
    const source = await open();
    expect(all(source)).toMatchObject({ coverage: { Secret: 'forbidden', Pod: 'read' }, reasons: { Secret: 'You may not list secrets.' } });
    expect(source.settled()).toBe(true);
  });

  it('are those of the own namespace for somebody without rights in the whole cluster', async () => {
    cluster.forbidsClusterWide = true;
    const source = await open();
    const { scope, objects, coverage } = all(source);
    expect([scope, objects.map(({ metadata }) => metadata.namespace), coverage]).toEqual([
      ['shop'],
      ['shop'],
      { Namespace: 'forbidden', Node: 'forbidden', Pod: 'read', Secret: 'read' },
    ]);
  });

  it('are told once, and then what changes', async () => {
    const source = await open();
    const follower = source.follow(() => undefined);
    const names = () => {
      const { upserts, deletes } = follower.take();
      return { upserts: [...upserts].map(({ metadata }) => metadata.name), deletes: [...deletes].map(({ name }) => name) };
    };
    expect(names()).toEqual({ upserts: ['web', 'web'], deletes: [] });
    expect(names()).toEqual({ upserts: [], deletes: [] });
    cluster.apply(testPod('api', 'shop'));
    await vi.waitFor(() => expect(names()).toEqual({ upserts: ['api'], deletes: [] }));
    cluster.delete('Pod', 'shop', 'web');
    await vi.waitFor(() => expect(names()).toEqual({ upserts: [], deletes: ['web'] }));
    follower.end();
  });

  it('are not called settled while the cluster is away', async () => {
    cluster.outage = new AppError('CLUSTER_UNREACHABLE', 'connection refused');
    await expect(open()).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
    cluster.outage = null;
    const source = await open();
    expect(source.settled()).toBe(true);
  });

  it('follow custom kinds as their definitions come and go', async () => {
    const source = await open(['CustomResourceDefinition']);
    expect(all(source).customKinds).toEqual([]);
    let told = 0;
    const follower = source.follow(() => {
      told += 1;
    });
    cluster.apply(customKindDefinition('Lamp', 'shop.example'));
    cluster.apply({ apiVersion: 'shop.example/v1', kind: 'Lamp', metadata: { name: 'hall', namespace: 'shop' } });
    const lamps = () => all(source).objects.flatMap(({ kind, metadata }) => (kind === 'Lamp' ? [metadata.name] : []));
    await vi.waitFor(() => expect(lamps()).toEqual(['hall']));
    expect(all(source).customKinds).toMatchObject([{ apiVersion: 'shop.example/v1', kind: 'Lamp', coverage: 'read', reason: null }]);
    expect(told).toBeGreaterThan(0);
    cluster.delete('CustomResourceDefinition', '', 'lamps.shop.example');
    await vi.waitFor(() => expect([all(source).customKinds, lamps()]).toEqual([[], []]));
    follower.end();
    source.close();
  });

  it('take custom kinds from what is served where definitions may not be read', async () => {
    cluster.forbidden.add('CustomResourceDefinition');
    cluster.served.push({
      apiVersion: 'shop.example/v1',
      kind: 'Lamp',
      plural: 'lamps',
      namespaced: true,
      shortNames: [],
      group: 'custom',
      verbs: ['list', 'watch'],
    });
    cluster.apply({ apiVersion: 'shop.example/v1', kind: 'Lamp', metadata: { name: 'hall', namespace: 'shop' } });
    const source = await open(['CustomResourceDefinition']);
    expect(all(source).customKinds).toMatchObject([{ kind: 'Lamp', coverage: 'read' }]);
    expect(all(source).coverage.CustomResourceDefinition).toBe('forbidden');
    expect(source.settled()).toBe(true);
    source.close();
  });
});
