import { type DrainPlan, drainOptionsSchema, type KindTypes } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { planDrain } from './plan-drain.ts';

type Pod = KindTypes['Pod'];
type Phase = NonNullable<NonNullable<Pod['status']>['phase']>;
interface PodContent {
  metadata?: object;
  spec?: Partial<NonNullable<Pod['spec']>>;
  phase?: Phase;
}

const pod = (name: string, content: PodContent = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: 'web' }, ownerReferences: [owner('ReplicaSet')], ...content.metadata },
  spec: { containers: [], ...content.spec },
  status: { phase: content.phase ?? 'Running' },
});
const owner = (kind: string) => ({ apiVersion: 'apps/v1', kind, name: 'web', uid: 'u', controller: true });
const budget = (name: string, allowed: number, selector: object | undefined): KindTypes['PodDisruptionBudget'] => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, namespace: 'shop' },
  ...(selector === undefined ? {} : { spec: { selector } }),
  status: { disruptionsAllowed: allowed, currentHealthy: 2, desiredHealthy: 2, expectedPods: 2 },
});

const plan = (pods: Pod[], options: object = {}, budgets: KindTypes['PodDisruptionBudget'][] = []): DrainPlan =>
  planDrain({ node: 'one', cordoned: false, pods, budgets, options: drainOptionsSchema.parse(options) });

function verdict(result: DrainPlan): string {
  const [refused, skipped, evicted] = [result.refused[0], result.skip[0], result.evict[0]];
  return refused !== undefined ? `refused ${refused.reason}` : skipped !== undefined ? `skip ${skipped.reason}` : evicted !== undefined ? 'evict' : '';
}

describe('what a drain does with a pod', () => {
  const emptyDir = { spec: { volumes: [{ name: 'cache', emptyDir: {} }] } };
  const daemon = { metadata: { ownerReferences: [owner('DaemonSet')] } };
  const alone = { metadata: { ownerReferences: [] } };

  it.each<[string, Pod, object, string]>([
    ['of a workload', pod('a'), {}, 'evict'],
    ['of a DaemonSet', pod('a', daemon), {}, 'refused daemonSet'],
    ['of a DaemonSet, ignored', pod('a', daemon), { ignoreDaemonSets: true }, 'skip daemonSet'],
    ['of a DaemonSet that finished', pod('a', { ...daemon, phase: 'Failed' }), {}, 'evict'],
    ['with local data', pod('a', emptyDir), {}, 'refused localData'],
    ['with local data, allowed', pod('a', emptyDir), { deleteEmptyDirData: true }, 'evict'],
    ['with local data that finished', pod('a', { ...emptyDir, phase: 'Succeeded' }), {}, 'evict'],
    ['nobody owns', pod('a', alone), {}, 'refused unmanaged'],
    ['nobody owns, forced', pod('a', alone), { force: true }, 'evict'],
    ['of the node itself', pod('a', { metadata: { annotations: { 'kubernetes.io/config.mirror': 'x' } } }), {}, 'skip mirror'],
  ])('%s', (_name, given, options, expected) => {
    expect(verdict(plan([given], options))).toBe(expected);
  });

  it('tells what is lost even where it was allowed', () => {
    expect(plan([pod('a', emptyDir)], { deleteEmptyDirData: true }).evict[0]?.notes).toEqual(['The data in its emptyDir volume cache is lost.']);
  });
});

describe('budgets over the pods', () => {
  const web = { matchLabels: { app: 'web' } };

  it('block where they allow nothing, with their numbers', () => {
    expect(plan([pod('a'), pod('b')], {}, [budget('tight', 0, web)]).budgets).toMatchObject([
      { budget: { name: 'tight' }, pods: [{ name: 'a' }, { name: 'b' }], blocks: true, note: expect.stringContaining('2 healthy, 2 needed') },
    ]);
    expect(plan([pod('a')], {}, [budget('loose', 1, web)]).budgets).toMatchObject([{ blocks: false }]);
  });

  it.each([
    ['an empty selector covers all', {}, 1],
    ['none covers nothing', undefined, 0],
    ['an expression', { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] }, 1],
    ['a label that is absent', { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, 0],
  ])('%s', (_name, selector, covered) => {
    expect(plan([pod('a')], {}, [budget('b', 0, selector)]).budgets).toHaveLength(covered);
  });

  it('two over one pod can never be satisfied', () => {
    expect(plan([pod('a')], {}, [budget('x', 1, web), budget('y', 1, {})]).budgets.every(({ blocks }) => blocks)).toBe(true);
  });

  it('are not in the way of pods that have finished', () => {
    expect(plan([pod('a', { phase: 'Succeeded' })], {}, [budget('tight', 0, web)]).budgets).toEqual([]);
  });
});
