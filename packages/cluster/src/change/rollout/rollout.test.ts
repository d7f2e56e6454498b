import type { KindTypes, KubeObject } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import type { StoredRevision } from './read-revisions.ts';
import { rolloutStatus } from './rollout-status.ts';
import { undoPatch } from './undo-patch.ts';

const workload = (kind: string, spec: object, status: object): KubeObject =>
  Object.assign({ apiVersion: 'apps/v1', kind, metadata: { name: 'web', namespace: 'shop', generation: 2 } }, { spec, status });
const seen = { observedGeneration: 2 };
const late: KindTypes['Deployment']['status'] = {
  conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'no pods came' }],
};

describe('how far a rollout is', () => {
  it.each<[string, KubeObject, string, string]>([
    ['not observed', workload('Deployment', { replicas: 2 }, { observedGeneration: 1 }), 'progressing', 'Waiting for deployment spec update to be observed...'],
    ['too few', workload('Deployment', { replicas: 2 }, { ...seen, updatedReplicas: 1 }), 'progressing', '1 out of 2 new replicas have been updated'],
    [
      'old ones',
      workload('Deployment', { replicas: 2 }, { ...seen, updatedReplicas: 2, replicas: 3 }),
      'progressing',
      '1 old replicas are pending termination',
    ],
    [
      'not ready',
      workload('Deployment', { replicas: 2 }, { ...seen, updatedReplicas: 2, replicas: 2, availableReplicas: 1 }),
      'progressing',
      '1 of 2 updated replicas are available',
    ],
    ['paused', workload('Deployment', { replicas: 2, paused: true }, { ...seen, updatedReplicas: 1 }), 'paused', '1 out of 2'],
    ['too late', workload('Deployment', { replicas: 2 }, { ...seen, ...late }), 'failed', 'deployment "web" exceeded its progress deadline'],
    [
      'there',
      workload('Deployment', { replicas: 1 }, { ...seen, updatedReplicas: 1, replicas: 1, availableReplicas: 1 }),
      'done',
      'deployment "web" successfully rolled out',
    ],
    ['no pods wanted', workload('Deployment', { replicas: 0 }, seen), 'done', 'successfully rolled out'],
    [
      'daemons',
      workload('DaemonSet', {}, { ...seen, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2 }),
      'progressing',
      '2 of 3 updated pods are available',
    ],
    [
      'daemons there',
      workload('DaemonSet', {}, { ...seen, desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 1 }),
      'done',
      'daemon set "web"',
    ],
    ['by hand', workload('DaemonSet', { updateStrategy: { type: 'OnDelete' } }, seen), 'failed', 'only available for RollingUpdate'],
    ['set waits', workload('StatefulSet', { replicas: 3 }, { ...seen, readyReplicas: 1 }), 'progressing', 'Waiting for 2 pods to be ready...'],
    [
      'set rolls',
      workload('StatefulSet', { replicas: 1 }, { ...seen, readyReplicas: 1, updatedReplicas: 0, updateRevision: 'b', currentRevision: 'a' }),
      'progressing',
      '0 pods at revision b',
    ],
    [
      'set in part',
      workload('StatefulSet', { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } }, { ...seen, readyReplicas: 3, updatedReplicas: 1 }),
      'done',
      'partitioned roll out complete: 1 new pods',
    ],
  ])('%s', (_name, object, state, message) => {
    expect(rolloutStatus(object)).toMatchObject({ state, message: expect.stringContaining(message) });
  });

  it('says what keeps it', () => {
    expect(rolloutStatus(workload('Deployment', {}, { ...seen, ...late })).reason).toBe('no pods came');
  });
});

describe('going back', () => {
  const revision = (number: number, annotations: Record<string, string> = {}): StoredRevision => ({
    ...{ revision: number, current: false, changeCause: null, name: `web-${number}`, createdAt: null, images: [], annotations },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } },
  });
  const deployment = workload('Deployment', {}, {});
  deployment.metadata.annotations = { 'deployment.kubernetes.io/revision': '3', own: 'now' };

  it('takes the revision before the current, with its annotations and without the bookkeeping', () => {
    const history = [revision(1), revision(2, { 'deployment.kubernetes.io/revision': '2', 'kubernetes.io/change-cause': 'then' }), revision(3)];
    expect(undoPatch(deployment, history)).toEqual({
      toRevision: 2,
      patch: {
        patchType: 'json',
        patch: [
          { op: 'replace', path: '/spec/template', value: history[1]?.template },
          { op: 'add', path: '/metadata/annotations', value: { 'kubernetes.io/change-cause': 'then', 'deployment.kubernetes.io/revision': '3' } },
        ],
      },
    });
  });

  it('replaces the whole template of the others', () => {
    const { patch } = undoPatch(workload('StatefulSet', {}, {}), [revision(1), revision(2)], 1);
    expect(patch).toMatchObject({ patchType: 'strategic', patch: { spec: { template: { $patch: 'replace' } } } });
  });

  it('says which revisions there are', () => {
    expect(() => undoPatch(deployment, [revision(1), revision(3)], 2)).toThrow('has no revision 2');
    expect(() => undoPatch(deployment, [revision(1)])).toThrow('no earlier revision');
  });
});
