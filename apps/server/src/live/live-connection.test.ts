import { AppError, type ClientFrameCall, type ServerFrame, serverFrameSchema } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClusterRegistry, type SourcesChange } from '../clusters/cluster-registry.ts';
import { localPerson } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';
import { protectionOf } from '../gate/protection.ts';
import { ClusterDoor } from '../policy/seen-clusters.ts';
import type { Services } from '../routes/services.ts';
import { MemoryCluster, testPod } from '../testing/memory-cluster.ts';
import { testServices } from '../testing/test-app.ts';
import { LiveConnection } from './live-connection.ts';

let cluster: MemoryCluster;
let services: Services;

beforeEach(async () => {
  cluster = new MemoryCluster();
  services = await testServices([cluster.source]);
});

afterEach(() => services.clusters.close());

function connect(actor: Actor = localPerson, over: Services = services) {
  const frames: ServerFrame[] = [];
  const socket = { bufferedAmount: 0, send: (data: string) => void frames.push(serverFrameSchema.parse(JSON.parse(data))) };
  const connection = new LiveConnection(socket, actor, over);
  return { frames, socket, connection, send: (frame: ClientFrameCall) => connection.receive(JSON.stringify(frame)) };
}

const pods = { type: 'subscribeResources', id: 'p', kind: 'po', window: {} } as const;

describe('resources', () => {
  it('come as a snapshot and then as what changes in the window', async () => {
    cluster.apply(testPod('web-1', 'shop'));
    const { frames, send } = connect();
    await send(pods);
    await vi.waitFor(() => expect(frames).toHaveLength(1));
    expect(frames[0]).toMatchObject({ type: 'resourcesSnapshot', id: 'p', seq: 1, total: 1, rows: [{ object: { name: 'web-1' }, state: 'healthy' }] });
    cluster.apply(testPod('web-1', 'shop', 'CrashLoopBackOff'));
    await vi.waitFor(() => expect(frames).toHaveLength(2));
    expect(frames[1]).toMatchObject({ type: 'resourcesDelta', seq: 2, order: ['Pod/shop/web-1'], upserts: [{ state: 'critical' }] });
    cluster.delete('Pod', 'shop', 'web-1');
    await vi.waitFor(() => expect(frames[2]).toMatchObject({ type: 'resourcesDelta', seq: 3, order: [], upserts: [], total: 0 }));
  });

  it('hold no object back in the row', async () => {
    cluster.apply(Object.assign(testPod('web-1', 'shop'), { spec: { containers: [{ name: 'app', env: [{ name: 'PASSWORD', value: 'hunter2' }] }] } }));
    const { frames, send } = connect();
    await send(pods);
    await vi.waitFor(() => expect(frames).toHaveLength(1));
    expect(JSON.stringify(frames)).not.toContain('hunter2');
  });

  it('of several namespaces come as one list, and a moved window as a new snapshot', async () => {
    for (const namespace of ['a', 'b', 'c']) cluster.apply(testPod('web', namespace));
    const { frames, send } = connect();
    await send({ ...pods, namespaces: ['a', 'c'] });
    await vi.waitFor(() => expect(frames[0]).toMatchObject({ total: 2 }));
    await send({ type: 'moveWindow', id: 'p', window: { sort: '-namespace', limit: 1 } });
    expect(frames[1]).toMatchObject({ type: 'resourcesSnapshot', seq: 2, rows: [{ object: { namespace: 'c' } }], total: 2 });
  });

  it('keep their window when a broken filter is sent', async () => {
    cluster.apply(testPod('web-1', 'shop'));
    const { frames, send } = connect();
    await send(pods);
    await vi.waitFor(() => expect(frames).toHaveLength(1));
    await send({ type: 'moveWindow', id: 'p', window: { filter: '/(/' } });
    expect(frames[1]).toMatchObject({ type: 'failed', id: 'p', error: { code: 'VALIDATION_ERROR' } });
    cluster.apply(testPod('web-2', 'shop'));
    await vi.waitFor(() => expect(frames[2]).toMatchObject({ type: 'resourcesDelta', seq: 2, total: 2 }));
  });

  it('are sent anew as a whole to a client that was behind', async () => {
    cluster.apply(testPod('web-1', 'shop'));
    const { frames, socket, send } = connect();
    await send(pods);
    await vi.waitFor(() => expect(frames).toHaveLength(1));
    socket.bufferedAmount = 2_000_000;
    cluster.apply(testPod('web-2', 'shop'));
    await vi.waitFor(() => expect(services.clusters.seenBy({ actor: localPerson }).get(undefined).status().state).toBe('live'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(frames).toHaveLength(1);
    socket.bufferedAmount = 0;
    await vi.waitFor(() => expect(frames[1]).toMatchObject({ type: 'resourcesSnapshot', seq: 2, total: 2 }));
  });

  it('that may not be listed say so', async () => {
    cluster.forbidden.add('Secret');
    const { frames, send } = connect();
    await send({ ...pods, kind: 'Secret' });
    await vi.waitFor(() => expect(frames).toEqual([expect.objectContaining({ type: 'failed', error: expect.objectContaining({ code: 'FORBIDDEN' }) })]));
  });

  it('of an unknown kind name near ones', async () => {
    const { frames, send } = connect();
    await send({ ...pods, kind: 'Deploymnt' });
    expect(frames).toEqual([
      expect.objectContaining({ type: 'failed', error: expect.objectContaining({ code: 'NOT_FOUND', hint: expect.stringContaining('Deployment') }) }),
    ]);
  });
});

describe('a connection', () => {
  it('lets nobody subscribe who may not read', async () => {
    const { frames, send } = connect({ ...localPerson, id: 'guest', permissions: new Set(['session.read']) });
    await send(pods);
    await send({ type: 'subscribeClusters', id: 'c' });
    await send({ type: 'subscribeIssues', id: 'i' });
    expect(frames.map((frame) => frame.type === 'failed' && frame.error.code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
  });

  it('tells the state of clusters as it changes', async () => {
    const { frames, send } = connect();
    await send({ type: 'subscribeClusters', id: 'c' });
    expect(frames[0]).toMatchObject({ type: 'clustersSnapshot', clusters: [{ id: 'memory', current: true, state: 'idle' }] });
    await send(pods);
    await vi.waitFor(() =>
      expect(frames).toContainEqual(
        expect.objectContaining({ type: 'clustersSnapshot', clusters: [expect.objectContaining({ state: 'live', version: 'v1.35.0' })] }),
      ),
    );
  });

  it('says why a cluster can not be reached, and connects when it can', async () => {
    cluster.outage = new AppError('CLUSTER_UNREACHABLE', 'connection refused');
    const { frames, send } = connect();
    await send(pods);
    expect(frames).toEqual([expect.objectContaining({ type: 'failed', error: expect.objectContaining({ code: 'CLUSTER_UNREACHABLE' }) })]);
    expect(services.clusters.seenBy({ actor: localPerson }).list()).toMatchObject([{ state: 'offline', reason: 'connection refused' }]);
    cluster.outage = null;
    await vi.waitFor(() => expect(services.clusters.seenBy({ actor: localPerson }).list()).toMatchObject([{ state: 'live', reason: null }]), { timeout: 5000 });
    await send(pods);
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'resourcesSnapshot', seq: 1 }));
  });

  it('answers what is no frame: told to the subscription it names, else refused', async () => {
    const { frames, connection } = connect();
    await connection.receive('{"type":"subscribeResources","id":"p"}');
    expect(frames).toEqual([expect.objectContaining({ type: 'failed', id: 'p', error: expect.objectContaining({ code: 'VALIDATION_ERROR' }) })]);
    await expect(connection.receive('{')).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  });

  it('releases everything when it closes, also what was still being opened', async () => {
    const { connection, send } = connect();
    await send(pods);
    const opening = send({ ...pods, id: 'q', kind: 'Node' });
    connection.close();
    await opening;
    await services.clusters.close();
    expect([cluster.openWatches, cluster.closed]).toEqual([0, true]);
  });

  it('refuses a second subscription of the same id', async () => {
    const { frames, send } = connect();
    await send({ type: 'subscribeClusters', id: 'c' });
    await send({ type: 'subscribeClusters', id: 'c' });
    expect(frames[1]).toMatchObject({ type: 'failed', error: { code: 'CONFLICT' } });
  });
});

describe('a cluster whose login changes', () => {
  it('goes on with a new snapshot, in the window that was shown last', async () => {
    const after = new MemoryCluster();
    for (const name of ['x', 'y']) after.apply(testPod(name, 'shop'));
    let tell: (change: SourcesChange) => void = () => undefined;
    const onChange = (listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    };
    const library = { kubeconfigCurrent: null, onChange, close: () => undefined };
    const context = (fingerprint: string) => ({ context: { file: '/config', origin: 'kubeconfig' as const, user: 'ann', fingerprint } });
    const sources = [{ ...cluster.source, ...context('one') }];
    const clusters = new ClusterRegistry({ sources, current: 'memory', library }, () => undefined);
    const typed = { of: () => [], change: async () => undefined };
    const { frames, connection, send } = connect(localPerson, {
      ...services,
      clusters: new ClusterDoor({ registry: clusters, typed, authorize: () => null, protection: protectionOf({}) }),
    });
    await send(pods);
    await vi.waitFor(() => expect(frames).toHaveLength(1));
    await send({ type: 'moveWindow', id: 'p', window: { sort: '-name', limit: 1 } });
    tell({ sources: [{ ...after.source, ...context('two') }], kubeconfigCurrent: null, touched: new Set() });
    await vi.waitFor(() => expect(frames.at(-1)).toMatchObject({ type: 'resourcesSnapshot', seq: 3, rows: [{ object: { name: 'y' } }], total: 2 }));
    expect(cluster.closed).toBe(true);
    connection.close();
    await clusters.close();
  });
});
