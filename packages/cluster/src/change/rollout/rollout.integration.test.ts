import { type Change, type ObjectRef, refTo } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterAccess } from '../../access/cluster-access.ts';
import { unrecorded } from '../../acts/record-act.ts';
import { openSandbox } from '../../testing/sandbox-access.ts';
import { applyChange } from '../apply-change.ts';
import { previewChange } from '../preview-change.ts';
import { followRollout } from './follow-rollout.ts';
import { compareRevisions, readRollout } from './read-rollout.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `rollouts-${process.pid}`;
const { signal } = new AbortController();

type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet';
const kinds: WorkloadKind[] = ['Deployment', 'StatefulSet', 'DaemonSet'];
const target = (kind: WorkloadKind): ObjectRef => refTo(kind, namespace, 'web');

function workload(kind: WorkloadKind): Change {
  const labels = { app: `web-${kind.toLowerCase()}` };
  const container = { name: 'web', image: 'docker.io/local/pause:1', imagePullPolicy: 'IfNotPresent' };
  const own = { Deployment: { replicas: 1 }, StatefulSet: { replicas: 1, serviceName: 'web' }, DaemonSet: {} }[kind];
  const template = { metadata: { labels }, spec: { terminationGracePeriodSeconds: 0, containers: [container] } };
  const manifest = { apiVersion: 'apps/v1', kind, metadata: { name: 'web', namespace }, spec: { ...own, selector: { matchLabels: labels }, template } };
  return { verb: 'apply', target: target(kind), manifest, force: false };
}

describe.skipIf(kubeconfig === undefined)('rollouts on a real cluster', () => {
  let access: ClusterAccess;
  const make = (change: Change) => applyChange(access, change, { acts: unrecorded, signal });
  const untilDone = async (kind: WorkloadKind) => {
    const seen: string[] = [];
    for await (const { state } of followRollout(access, target(kind), { timeoutSeconds: 100, signal })) seen.push(state);
    return seen.at(-1);
  };

  beforeAll(async () => {
    access = await openSandbox(kubeconfig ?? '');
    await make({
      verb: 'create',
      target: refTo('Namespace', null, namespace),
      manifest: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    });
    for (const kind of kinds) await make(workload(kind));
  });
  afterAll(async () => {
    await make({ verb: 'delete', target: refTo('Namespace', null, namespace) });
    await access.close();
  });

  it.each(kinds)('%s: restarts, keeps history, compares and goes back', async (kind) => {
    const ref = target(kind);
    expect(await untilDone(kind)).toBe('done');
    await make({ verb: 'restart', target: ref, at: '2026-01-01T00:00:00Z' });
    expect(await untilDone(kind)).toBe('done');
    await make({ verb: 'setImage', target: ref, images: { web: 'docker.io/local/nginx:1' } });

    // The Deployment says which revision it is at a moment after the ReplicaSet of it is there.
    await expect.poll(async () => (await readRollout(access, ref, signal)).revisions.at(-1), { timeout: 20_000 }).toMatchObject({ revision: 3, current: true });
    const { revisions } = await readRollout(access, ref, signal);
    expect(revisions.map(({ revision, current, images }) => [revision, current, images[0]?.image])).toEqual([
      [1, false, 'docker.io/local/pause:1'],
      [2, false, 'docker.io/local/pause:1'],
      [3, true, 'docker.io/local/nginx:1'],
    ]);
    const { diff } = await compareRevisions(access, ref, { from: 1, to: 3 }, signal);
    expect(diff.fields.map(({ path }) => path)).toContain('.spec.containers[name="web"].image');

    const undo: Change = { verb: 'undo', target: ref };
    const shown = await previewChange(access, undo, signal);
    expect(shown).toMatchObject({ change: { toRevision: 2 }, impact: { level: 'medium' }, danger: { danger: 'disruptive' } });
    await make(shown.change);
    await expect
      .poll(async () => (await readRollout(access, ref, signal)).revisions.at(-1), { timeout: 20_000 })
      .toMatchObject({
        revision: 4,
        current: true,
        images: [{ image: 'docker.io/local/pause:1' }],
      });
    expect(await untilDone(kind)).toBe('done');
  });

  it('scales only from the number that was seen, and says who else scales', async () => {
    const ref = target('Deployment');
    await expect(make({ verb: 'scale', target: ref, replicas: 0, currentReplicas: 7 })).rejects.toMatchObject({ code: 'CONFLICT' });
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
    const spec = { scaleTargetRef, minReplicas: 1, maxReplicas: 2 };
    const autoscaler = refTo('HorizontalPodAutoscaler', namespace, 'web');
    await make({ verb: 'create', target: autoscaler, manifest: { ...autoscalerHead, metadata: { name: 'web', namespace }, spec } });
    const shown = await previewChange(access, { verb: 'scale', target: ref, replicas: 0, currentReplicas: 1 }, signal);
    expect(shown).toMatchObject({ impact: { level: 'high' }, managedBy: [{ tool: 'autoscaler', note: expect.stringContaining('from 1 to 2') }] });
    await make({ verb: 'delete', target: autoscaler });
    await make(shown.change);
    expect(await untilDone('Deployment')).toBe('done');
  });

  it('does not roll out what is paused, until it is resumed', async () => {
    const ref = target('Deployment');
    await make({ verb: 'pause', target: ref });
    await expect(make({ verb: 'restart', target: ref, at: '2026-01-02T00:00:00Z' })).rejects.toMatchObject({ code: 'CONFLICT', hint: 'Resume it first.' });
    await make({ verb: 'resume', target: ref });
    await make({ verb: 'restart', target: ref, at: '2026-01-02T00:00:00Z' });
  });

  it('runs a CronJob at once, as its own, and stops its schedule', async () => {
    const jobTemplate = { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'work', image: 'docker.io/local/pause:1' }] } } } };
    const cronJob = refTo('CronJob', namespace, 'nightly');
    const manifest = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly', namespace }, spec: { schedule: '0 3 * * *', jobTemplate } };
    await make({ verb: 'create', target: cronJob, manifest });
    const { object } = await make({ verb: 'trigger', target: cronJob, jobName: 'nightly-now' });
    expect(object).toMatchObject({
      metadata: {
        annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
        ownerReferences: [{ kind: 'CronJob', name: 'nightly', controller: true }],
      },
    });
    expect(await make({ verb: 'suspend', target: cronJob })).toMatchObject({ object: { spec: { suspend: true } } });
    expect(await make({ verb: 'unsuspend', target: cronJob })).toMatchObject({ object: { spec: { suspend: false } } });
  });
});

const autoscalerHead = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' };
