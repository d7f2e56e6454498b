import type { ObjectRef } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { en } from '../../messages/en/index.ts';
import { ref } from '../../testing/samples.ts';
import { draftParts } from '../actions/draft-parts.ts';
import { allObjectActions } from './all-object-actions.ts';
import { kubectlOf } from './copy-kubectl.ts';
import { deletionOf } from './delete-form.tsx';
import { commonEntries, entriesOf, isKey, isValue } from './entries.ts';
import type { ActionTarget } from './object-action.ts';
import { removalOf } from './removal.ts';
import { replicasIn, replicasOf } from './scale-form.tsx';
import { changedImages, imagesIn } from './set-image-form.tsx';
import { jobNameOf } from './trigger.ts';
import { doesOf, whatOf } from './what-of.ts';

const deployment = (name: string): ObjectRef => ref('Deployment', name, 'shop', 'apps/v1');
const node = ref('Node', 'n1', null);
const cronJob = ref('CronJob', 'backup', 'shop', 'batch/v1');

/** The ids of what is offered for one object in this state. */
const offered = (object: ObjectRef, state?: ActionTarget['state']) =>
  allObjectActions.filter((action) => action.appliesTo({ object, ...(state === undefined ? {} : { state }) })).map(({ id }) => id);

describe('what is offered', () => {
  it('fits the kind, by its group as well', () => {
    expect(offered(deployment('api'))).toEqual(expect.arrayContaining(['restart', 'scale', 'set-image', 'pause', 'resume', 'label', 'delete']));
    expect(offered(ref('Deployment', 'odd', 'shop', 'example.com/v1'))).not.toContain('restart');
    expect(offered(ref('DaemonSet', 'agent', 'shop', 'apps/v1'))).not.toContain('scale');
    expect(offered(ref('Pod', 'api-1'))).toEqual(expect.arrayContaining(['evict', 'owner']));
    expect(offered(ref('Pod', 'api-1'))).not.toContain('restart');
  });

  it('fits the state where that tells: one or the other, and both where it does not', () => {
    expect(offered(deployment('api'), 'healthy')).not.toContain('resume');
    expect(offered(deployment('api'), 'paused')).not.toContain('pause');
    expect(offered(node, 'healthy')).toContain('cordon');
    expect(offered(node, 'healthy')).not.toContain('uncordon');
    expect(offered(node, 'critical')).toEqual(expect.arrayContaining(['cordon', 'uncordon']));
    expect(offered(cronJob, 'paused')).toContain('unsuspend');
    expect(offered(cronJob, 'paused')).not.toContain('suspend');
  });

  it('has a key for one thing alone', () => {
    for (const object of [deployment('api'), node, cronJob, ref('Pod', 'api-1')]) {
      const keys = allObjectActions.filter((action) => action.appliesTo({ object })).flatMap(({ shortcuts }) => shortcuts);
      expect(keys).toEqual([...new Set(keys)]);
    }
  });
});

describe('what a change is called', () => {
  it('names one object, counts several of a kind and of many', () => {
    expect(whatOf([deployment('api')], en)).toBe('Deployment api');
    expect(whatOf([deployment('api'), deployment('web')], en)).toBe('2 Deployments');
    expect(whatOf([ref('Ingress', 'a', 'shop', 'networking.k8s.io/v1'), ref('Ingress', 'b', 'shop', 'networking.k8s.io/v1')], en)).toBe('2 Ingresses');
    expect(whatOf([ref('NetworkPolicy', 'a'), ref('NetworkPolicy', 'b')], en)).toBe('2 NetworkPolicies');
    expect(whatOf([deployment('api'), node], en)).toBe('2 objects');
  });

  it('says the number where all get the same, and counts steps of different kinds', () => {
    const scale = (name: string, replicas: number) => ({ verb: 'scale' as const, target: deployment(name), replicas });
    expect(doesOf([scale('api', 3), scale('web', 3)], en)).toBe('Scale 2 Deployments to 3');
    expect(doesOf([scale('api', 3), scale('web', 1)], en)).toBe('Scale 2 Deployments');
    expect(doesOf([scale('api', 3), { verb: 'pause', target: deployment('web') }], en)).toBe('Carry out 2 steps');
  });
});

describe('drafts', () => {
  it('of a removal wait for one object, and for the first of many at the end alone', () => {
    const targets = Array.from({ length: 12 }, (_, index) => ({ object: ref('Pod', `p${index}`) }));
    const one = removalOf(targets.slice(0, 1), (target) => ({ verb: 'delete', target }));
    expect(one.steps?.[0]?.until).toBeUndefined();
    const many = removalOf(targets, (target) => ({ verb: 'delete', target })).steps ?? [];
    expect(many.slice(0, -1).every(({ until }) => until?.length === 0)).toBe(true);
    expect(many.at(-1)?.until).toHaveLength(10);
  });

  it('of more than fifty steps go in parts', () => {
    const steps = Array.from({ length: 120 }, (_, index) => ({ change: { verb: 'pause' as const, target: deployment(`d${index}`) } }));
    expect(draftParts({ steps }).map((part) => part.steps?.length)).toEqual([50, 50, 20]);
    expect(draftParts({ steps: steps.slice(0, 50) })).toHaveLength(1);
  });

  it('delete at once only where that was said', () => {
    expect(deletionOf({ grace: '', force: false, propagation: 'background' })).toEqual({});
    expect(deletionOf({ grace: '0', force: false, propagation: 'background' })).toBeNull();
    expect(deletionOf({ grace: '30', force: false, propagation: 'orphan' })).toEqual({ gracePeriodSeconds: 30, propagation: 'orphan' });
    expect(deletionOf({ grace: '30', force: true, propagation: 'background' })).toEqual({ gracePeriodSeconds: 0 });
  });

  it('name a Job so that its pods still fit', () => {
    expect(jobNameOf('backup', 0)).toBe('backup-manual-00000');
    expect(jobNameOf('a'.repeat(60), 0.99).length).toBeLessThanOrEqual(56);
    expect(jobNameOf(`${'a'.repeat(41)}-b`, 0)).toMatch(/^a+-manual-/);
  });
});

describe('forms', () => {
  it('read replicas: 1 where none are said', () => {
    expect(replicasIn({ spec: {} })).toBe(1);
    expect(replicasIn({ spec: { replicas: 0 } })).toBe(0);
    expect([replicasOf('3'), replicasOf(''), replicasOf('-1'), replicasOf('1.5')]).toEqual([3, null, null, null]);
  });

  it('change the images that differ', () => {
    const containers = [{ name: 'app', image: 'api:1' }];
    const now = imagesIn({ spec: { template: { spec: { initContainers: [{ name: 'init', image: 'tool:1' }], containers } } } });
    expect(now.map(({ name, init }) => [name, init])).toEqual([
      ['init', true],
      ['app', false],
    ]);
    const typed = new Map([
      ['app', ' api:2 '],
      ['init', 'tool:1'],
    ]);
    expect(changedImages(now, typed)).toEqual({ app: 'api:2' });
    expect(changedImages(now, new Map([['app', '']]))).toEqual({});
  });

  it('show the labels that all have, and send what differs', () => {
    const labels = (entries: Record<string, string>) => ({ metadata: { labels: entries } });
    const now = commonEntries([labels({ app: 'api', tier: 'web' }), labels({ app: 'api', tier: 'db' })], 'label');
    expect([...now]).toEqual([
      ['app', 'api'],
      ['tier', null],
    ]);
    const changed = new Map([
      ['app', 'api'],
      ['tier', null],
    ]);
    expect(entriesOf({ changed, added: [{ id: '1', key: 'team', value: 'shop' }] }, now)).toEqual({ tier: null, team: 'shop' });
  });

  it('check keys and values as the API server does', () => {
    expect(['app', 'example.com/app', 'a.b_c-d'].every(isKey)).toBe(true);
    expect(['', '-app', 'a/b/c', 'Example.com/app', `${'a'.repeat(64)}`].some(isKey)).toBe(false);
    expect([isValue('label', ''), isValue('label', 'a b'), isValue('annotate', 'a b')]).toEqual([true, false, true]);
  });

  it('copy a command that any shell takes', () => {
    expect(kubectlOf(deployment('api'))).toBe('kubectl -n shop get deployment.apps api -o yaml');
    expect(kubectlOf(node)).toBe('kubectl get node n1 -o yaml');
  });
});
