import { AppError } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryCluster, testPod } from '../testing/memory-cluster.ts';
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

async function open(): Promise<ObjectSource> {
  const { signal } = new AbortController();
  const source = await openObjectSource(runtime, { kinds: ['Pod', 'Secret', 'Node'], signal });
  await source.ready(signal);
  return source;
}

describe('objects for the diagnosis', () => {
  it('are all that was asked for, as of now', async () => {
    const source = await open();
    expect(source.snapshot()).toMatchObject({
      clusterId: 'memory',
      scope: null,
      coverage: { Namespace: 'read', Pod: 'read', Secret: 'read', Node: 'read' },
      reasons: {},
    });
    expect(source.snapshot().objects.map(({ metadata }) => metadata.namespace)).toEqual(['shop', 'other']);
    expect(source.settled()).toBe(true);
  });

  it('leave out what may not be read, and say so', async () => {
    cluster.forbidden.add('Secret');
    const source = await open();
    expect(source.snapshot()).toMatchObject({ coverage: { Secret: 'forbidden', Pod: 'read' }, reasons: { Secret: 'You may not list secrets.' } });
    expect(source.settled()).toBe(true);
  });

  it('are those of the own namespace for somebody without rights in the whole cluster', async () => {
    cluster.forbidsClusterWide = true;
    const source = await open();
    const { scope, objects, coverage } = source.snapshot();
    expect([scope, objects.map(({ metadata }) => metadata.namespace), coverage]).toEqual([
      ['shop'],
      ['shop'],
      { Namespace: 'forbidden', Node: 'forbidden', Pod: 'read', Secret: 'read' },
    ]);
  });

  it('are not called settled while the cluster is away', async () => {
    cluster.outage = new AppError('CLUSTER_UNREACHABLE', 'connection refused');
    await expect(open()).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
    cluster.outage = null;
    const source = await open();
    expect(source.settled()).toBe(true);
  });
});
