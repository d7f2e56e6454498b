import { type Change, type DrainEvent, drainOptionsSchema, refTo } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterAccess } from '../../access/cluster-access.ts';
import { listAll } from '../../access/list-all.ts';
import { unrecorded } from '../../acts/record-act.ts';
import { openSandbox } from '../../testing/sandbox-access.ts';
import { applyChange } from '../apply-change.ts';
import { followRollout } from '../rollout/follow-rollout.ts';
import { startDrain } from './drain-node.ts';
import { readDrainPlan, servedKind } from './read-drain.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `drain-${process.pid}`;
const { signal } = new AbortController();
/** Only the pods of this test leave the node: others use it too. */
const mine = { podSelector: `drained=${namespace}` };

describe.skipIf(kubeconfig === undefined)('a drain of a real node', () => {
  let access: ClusterAccess;
  let node = '';
  const make = (change: Change) => applyChange(access, change, { acts: unrecorded, signal });
  const create = (kind: 'Namespace' | 'Deployment' | 'PodDisruptionBudget' | 'Pod', name: string, content: object, apiVersion: string) => {
    const target = refTo(kind, namespace, name);
    const place = target.namespace === null ? {} : { namespace };
    const { labels, ...rest } = { labels: {}, ...content };
    return make({ verb: 'create', target, manifest: { apiVersion, kind, metadata: { name, ...place, labels }, ...rest } });
  };
  const labels = { drained: namespace };
  const spec = { terminationGracePeriodSeconds: 0, containers: [{ name: 'a', image: 'docker.io/local/pause:1', imagePullPolicy: 'IfNotPresent' }] };

  beforeAll(async () => {
    access = await openSandbox(kubeconfig ?? '');
    const { items } = await listAll(access, await servedKind(access, 'Node', signal), { signal });
    node = items[0]?.metadata.name ?? '';
    await create('Namespace', namespace, {}, 'v1');
    const pinned = { ...spec, nodeName: undefined, nodeSelector: { 'kubernetes.io/hostname': node } };
    const template = { metadata: { labels: { ...labels, app: 'web' } }, spec: pinned };
    await create('Deployment', 'web', { spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template } }, 'apps/v1');
    for await (const _status of followRollout(access, refTo('Deployment', namespace, 'web'), { timeoutSeconds: 100, signal }));
    await create('PodDisruptionBudget', 'web', { spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } } }, 'policy/v1');
  });
  afterAll(async () => {
    await make({ verb: 'uncordon', target: refTo('Node', null, node) });
    await make({ verb: 'delete', target: refTo('Namespace', null, namespace) });
    await access.close();
  });

  const drain = (options: object = {}, stop: AbortSignal = signal) =>
    startDrain(access, node, drainOptionsSchema.parse({ ...mine, ...options }), { acts: unrecorded, signal: stop });
  const plan = (options: object = {}) => readDrainPlan(access, node, drainOptionsSchema.parse({ ...mine, ...options }), signal);

  it('is planned first: what leaves, what would be lost, which budget is in the way', async () => {
    await create('Pod', 'alone', { labels, spec: { ...spec, nodeName: node, volumes: [{ name: 'cache', emptyDir: {} }] } }, 'v1');
    await expect
      .poll(async () => (await plan()).budgets, { timeout: 20_000 })
      .toMatchObject([{ disruptionsAllowed: 0, currentHealthy: 2, desiredHealthy: 2, blocks: true }]);
    const refused = await plan();
    expect(refused.evict.map(({ owner }) => owner)).toEqual([expect.stringContaining('ReplicaSet'), expect.stringContaining('ReplicaSet')]);
    expect(refused.refused).toMatchObject([{ pod: { name: 'alone' }, reason: 'localData', note: expect.stringContaining('cache') }]);
    expect((await plan({ deleteEmptyDirData: true })).refused).toMatchObject([{ reason: 'unmanaged' }]);
    await expect(drain()).rejects.toMatchObject({ code: 'VALIDATION_ERROR', message: expect.stringContaining('alone') });
    expect((await plan()).cordoned).toBe(false);
  });

  it('waits where a budget blocks, can be cancelled, and goes on when the budget opens', async () => {
    const allowed = { deleteEmptyDirData: true, force: true };
    const stopping = new AbortController();
    const events: DrainEvent[] = [];
    for await (const event of await drain(allowed, stopping.signal)) {
      events.push(event);
      if (events.some(({ type }) => type === 'blocked') && events.some(({ type }) => type === 'gone')) stopping.abort();
    }
    expect(events[0]).toMatchObject({ type: 'cordoned', already: false });
    expect(events).toContainEqual({ type: 'gone', pod: expect.objectContaining({ name: 'alone' }) });
    expect(events).toContainEqual(expect.objectContaining({ type: 'blocked', message: expect.stringMatching(/budget web needs 2 healthy pods and has 2/) }));
    expect(events.at(-1)).toMatchObject({
      type: 'cancelled',
      message: expect.stringContaining('stays cordoned'),
      left: [{ name: /^web/ }, { name: /^web/ }].map(() => expect.anything()),
    });
    expect((await plan(allowed)).cordoned).toBe(true);

    const open = refTo('PodDisruptionBudget', namespace, 'web');
    const later: DrainEvent[] = [];
    for await (const event of await drain(allowed)) {
      later.push(event);
      if (event.type === 'blocked') await make({ verb: 'patch', target: open, patchType: 'merge', patch: { spec: { minAvailable: 0 } } });
    }
    expect(later[0]).toMatchObject({ type: 'cordoned', already: true });
    expect(later.at(-1)).toEqual({ type: 'done', node, evicted: 2 });
  });
});
