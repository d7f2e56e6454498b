import { type Change, type Condition, type KubeObject, refTo } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { judgeCondition, type ObjectCondition, type Since } from './condition-rules.ts';
import { defaultConditions } from './default-conditions.ts';
import { stateMark } from './state-mark.ts';

const web = refTo('Deployment', 'shop', 'web');
const object = (kind: string, content: object, metadata: object = {}): KubeObject =>
  Object.assign({ apiVersion: 'v1', kind, metadata: { name: 'web', namespace: 'shop', ...metadata } }, content);
const pod = (ready: string, metadata: object = {}) => object('Pod', { status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready }] } }, metadata);
const rolled = { observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };
const deployment = (status: object, generation = 2) =>
  Object.assign(object('Deployment', { spec: { replicas: 1 }, status }, { generation }), { apiVersion: 'apps/v1' });
const late = (lastUpdateTime: string) =>
  deployment({ ...rolled, conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', lastUpdateTime }] });
const job = (status: object) => Object.assign(object('Job', { status }), { apiVersion: 'batch/v1' });
const slice = (...ready: (boolean | undefined)[]) =>
  Object.assign(object('EndpointSlice', { endpoints: ready.map((is) => ({ addresses: ['10.0.0.1'], conditions: { ready: is } })) }), {
    apiVersion: 'discovery.k8s.io/v1',
  });
const of = (type: ObjectCondition['type'], atLeast = 1): ObjectCondition => (type === 'podsReady' ? { type, target: web, atLeast } : { type, target: web });

describe('how it stands with a condition', () => {
  it.each<[string, ObjectCondition, KubeObject[], Since, string]>([
    ['a rollout at its end', of('rolloutComplete'), [deployment(rolled)], { generation: 2 }, 'met'],
    ['one that is older than the change', of('rolloutComplete'), [deployment(rolled)], { generation: 3 }, 'waiting'],
    ['one that nobody has seen', of('rolloutComplete'), [deployment({ ...rolled, observedGeneration: 1 })], { generation: 2 }, 'waiting'],
    [
      'one that takes too long',
      of('rolloutComplete'),
      [deployment({ ...rolled, conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] })],
      {},
      'failed',
    ],
    ['one that was late before the change', of('rolloutComplete'), [late('then')], { late: 'then' }, 'waiting'],
    ['one that is late again', of('rolloutComplete'), [late('now')], { late: 'then' }, 'failed'],
    ['one of what is gone', of('rolloutComplete'), [], {}, 'failed'],
    ['all pods ready', of('podsReady'), [pod('True'), pod('True')], {}, 'met'],
    ['one not', of('podsReady'), [pod('True'), pod('False')], {}, 'waiting'],
    ['one that is ending', of('podsReady'), [pod('True'), pod('False', { deletionTimestamp: 'now' })], {}, 'met'],
    ['too few', of('podsReady', 2), [pod('True')], {}, 'waiting'],
    ['a Job that ended', of('jobComplete'), [job({ conditions: [{ type: 'Complete', status: 'True' }] })], {}, 'met'],
    ['one that failed', of('jobComplete'), [job({ conditions: [{ type: 'Failed', status: 'True', message: 'too often' }] })], {}, 'failed'],
    ['one that runs', of('jobComplete'), [job({ active: 1 })], {}, 'waiting'],
    ['a ready endpoint', of('endpointsReady'), [slice(false), slice(true)], {}, 'met'],
    ['an endpoint that says nothing, which counts as ready', of('endpointsReady'), [slice(undefined)], {}, 'met'],
    ['none', of('endpointsReady'), [slice(false)], {}, 'waiting'],
    ['gone', of('gone'), [], { uid: 'old' }, 'met'],
    ['another one of its name', of('gone'), [pod('True', { uid: 'new' })], { uid: 'old' }, 'met'],
    ['the same', of('gone'), [pod('True', { uid: 'old' })], { uid: 'old' }, 'waiting'],
    ['there', of('exists'), [pod('True')], {}, 'met'],
  ])('%s', (_name, condition, objects, since, state) => {
    expect(judgeCondition(condition, objects, since)).toMatchObject({ state, message: expect.stringMatching(/\S/) });
  });
});

describe('what shows that a change worked', () => {
  const template = [{ path: '.spec.template.spec', type: 'changed' as const }];
  const metadata = [{ path: '.metadata.labels.a', type: 'changed' as const }];
  const patch = (target: Change['target']): Change => ({ verb: 'patch', target, patchType: 'merge', patch: {} });
  const types = (conditions: Condition[]) => conditions.map(({ type }) => type);
  const replaced = { fate: 'replaced' as const, count: null };
  const none = { fate: 'none' as const, count: 0 };

  it('follows from the change', () => {
    expect(types(defaultConditions(patch(web), { fields: template, fate: replaced, after: null }))).toEqual(['rolloutComplete']);
    expect(defaultConditions(patch(web), { fields: metadata, fate: none, after: null })).toEqual([]);
    const service = refTo('Service', 'shop', 'web');
    const after = (spec: object) => object('Service', { spec });
    const spec = [{ path: '.spec.selector.app', type: 'changed' as const }];
    expect(types(defaultConditions(patch(service), { fields: spec, fate: none, after: after({ selector: { app: 'web' } }) }))).toEqual(['endpointsReady']);
    expect(defaultConditions(patch(service), { fields: spec, fate: none, after: after({ type: 'ExternalName' }) })).toEqual([]);
    const trigger: Change = { verb: 'trigger', target: refTo('CronJob', 'shop', 'nightly'), jobName: 'now' };
    expect(defaultConditions(trigger, { fields: [], fate: none, after: null })).toMatchObject([{ type: 'jobComplete', target: { kind: 'Job', name: 'now' } }]);
  });

  it('is nothing where a person paused the rollout, or deletes the pods by hand', () => {
    for (const spec of [{ paused: true }, { updateStrategy: { type: 'OnDelete' } }]) {
      expect(defaultConditions(patch(web), { fields: template, fate: replaced, after: object('Deployment', { spec }) })).toEqual([]);
    }
  });
});

describe('the mark of a state', () => {
  it('is another one when somebody changes the object, and the same when a controller writes a status', () => {
    const before = deployment({ replicas: 1 });
    expect(stateMark(deployment({ replicas: 0 }))).toBe(stateMark(before));
    expect(stateMark(Object.assign(deployment({ replicas: 1 }), { spec: { replicas: 2 } }))).not.toBe(stateMark(before));
    expect(stateMark({ ...before, metadata: { ...before.metadata, uid: 'another' } })).not.toBe(stateMark(before));
    expect(stateMark({ ...before, metadata: { ...before.metadata, labels: { a: 'b' } } })).not.toBe(stateMark(before));
  });

  it('is exact where there is no status, and tells nothing of what it is about', () => {
    const secret = (resourceVersion: string) => object('Secret', { data: { a: 'c2VjcmV0' } }, { uid: 'u', resourceVersion });
    expect(stateMark(secret('7'))).toBe('u@7');
    expect(stateMark(secret('8'))).not.toBe(stateMark(secret('7')));
    expect(stateMark(null)).toBeNull();
  });
});
