import { type BlastRadius, type Change, type KindTypes, refTo } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { blastRadius, type Reach, type Surroundings } from './blast-radius.ts';
import { fateOfPods } from './fate-of-pods.ts';

const web = refTo('Deployment', 'shop', 'web');
const pod = (name: string, ready: boolean, labels: Record<string, string> = { app: 'web' }): KindTypes['Pod'] => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop', uid: name, labels } },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
});
const service = (name: string, selector: Record<string, string>): KindTypes['Service'] => ({
  ...{ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' } },
  spec: { selector },
});
const deployment = (spec: object): KindTypes['Deployment'] => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } },
  spec: { selector: {}, template: {}, ...spec },
});
const budget = (disruptionsAllowed: number): KindTypes['PodDisruptionBudget'] => ({
  ...{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web', namespace: 'shop' } },
  spec: { selector: { matchLabels: { app: 'web' } } },
  status: { disruptionsAllowed, currentHealthy: 2, desiredHealthy: 2, expectedPods: 2 },
});
const ingress: KindTypes['Ingress'] = {
  ...{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'front', namespace: 'shop' } },
  spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
};

const around = (more: Partial<Surroundings>): Surroundings => ({
  ...{
    pods: [pod('a', true), pod('b', true)],
    others: [],
    services: [service('web', { app: 'web' })],
    ingresses: [],
    budgets: [],
    autoscalers: [],
    notSeen: [],
  },
  ...more,
});
const reach = (fate: BlastRadius['pods']['fate'], more: Partial<Reach> = {}): Reach => ({
  ...{ before: deployment({ replicas: 2 }), after: deployment({ replicas: 2 }), fate: { fate, count: null }, asksBudgets: false },
  impact: { level: 'medium', note: 'Its pods are replaced.' },
  ...more,
});

describe('what a change reaches', () => {
  it('a rollout of a few pods takes none away that answers, one by recreation all', () => {
    expect(blastRadius(reach('replaced'), around({}))).toMatchObject({ level: 'medium', pods: { fate: 'replaced', count: 2, ready: 2 }, traffic: [] });
    const recreate = deployment({ replicas: 2, strategy: { type: 'Recreate' } });
    const radius = blastRadius(reach('replaced', { after: recreate }), around({ ingresses: [ingress] }));
    expect(radius).toMatchObject({ level: 'high', note: 'Service shop/web has no ready pod left for a time.' });
    expect(radius.traffic.map(({ object, readyNow, readyAtLeast }) => [object.kind, readyNow, readyAtLeast])).toEqual([
      ['Service', 2, 0],
      ['Ingress', 2, 0],
    ]);
  });

  it('what may be away during a rollout is a number or a share, rounded down', () => {
    const rolling = (maxUnavailable: number | string) => deployment({ replicas: 4, strategy: { rollingUpdate: { maxUnavailable } } });
    const four = around({ pods: ['a', 'b', 'c', 'd'].map((name) => pod(name, true)) });
    const left = (after: KindTypes['Deployment']) => blastRadius(reach('replaced', { after }), four).traffic[0]?.readyAtLeast ?? 4;
    expect([left(rolling(1)), left(rolling('50%')), left(rolling('49%')), left(rolling('10%'))]).toEqual([3, 2, 3, 4]);
  });

  it('pods that are not ready are no loss', () => {
    const broken = around({ pods: [pod('a', false), pod('b', false)] });
    expect(blastRadius(reach('replaced', { after: deployment({ strategy: { type: 'Recreate' } }) }), broken)).toMatchObject({ level: 'low', traffic: [] });
  });

  it('other pods that answer for a Service keep it up', () => {
    const radius = blastRadius(reach('ended'), around({ others: [pod('other', true)] }));
    expect(radius).toMatchObject({ level: 'medium', traffic: [{ readyNow: 3, readyAtLeast: 1 }] });
  });

  it('a budget stops an eviction and not a rollout', () => {
    const blocked = around({ budgets: [budget(0)], services: [] });
    const evicted = blastRadius(reach('ended', { asksBudgets: true, fate: { fate: 'ended', count: 1 } }), blocked);
    expect(evicted).toMatchObject({ level: 'high', budgets: [{ blocks: true, disruptionsAllowed: 0 }] });
    expect(blastRadius(reach('replaced'), blocked)).toMatchObject({ level: 'medium', budgets: [{ blocks: false }] });
    expect(blastRadius(reach('ended', { asksBudgets: true }), around({ budgets: [budget(1)], services: [] })).budgets).toMatchObject([{ blocks: false }]);
  });

  it('a Service that selects something else leads to that', () => {
    const before = service('web', { app: 'web' });
    const change = reach('detached', { before, after: service('web', { app: 'wbe' }) });
    expect(blastRadius(change, around({ services: [before] }))).toMatchObject({ level: 'high', traffic: [{ readyNow: 2, readyAtLeast: 0 }] });
    const mended = reach('detached', { before: service('web', { app: 'wbe' }), after: before });
    const found = around({ pods: [], others: [pod('a', true)], services: [before] });
    expect(blastRadius(mended, found)).toMatchObject({ level: 'medium', note: 'Its pods are replaced.' });
  });
});

describe('what becomes of pods', () => {
  const field = (path: string, before: unknown, after: unknown) => ({ path, type: 'changed' as const, before, after });
  it.each<[string, Change, ReturnType<typeof field>[], string, number | null]>([
    ['a template', { verb: 'restart', target: web, at: '2026-01-01T00:00:00Z' }, [field('.spec.template.metadata', 1, 2)], 'replaced', null],
    ['a label', { verb: 'label', target: web, entries: { a: 'b' }, overwrite: false }, [field('.metadata.labels.a', 1, 2)], 'none', 0],
    ['fewer', { verb: 'scale', target: web, replicas: 1 }, [field('.spec.replicas', 3, 1)], 'ended', 2],
    ['more', { verb: 'scale', target: web, replicas: 3 }, [field('.spec.replicas', 1, 3)], 'started', 2],
    ['a deletion', { verb: 'delete', target: web }, [], 'ended', null],
    ['one that leaves them', { verb: 'delete', target: web, propagation: 'orphan' }, [], 'none', 0],
    ['a node', { verb: 'delete', target: refTo('Node', null, 'one') }, [], 'ended', null],
    ['a ConfigMap', { verb: 'delete', target: refTo('ConfigMap', 'shop', 'a') }, [], 'none', 0],
  ])('of %s', (_name, change, fields, fate, count) => {
    expect(fateOfPods(change, fields, false)).toEqual({ fate, count });
  });

  it('of a template that is paused: nothing yet', () => {
    expect(fateOfPods({ verb: 'restart', target: web, at: '2026-01-01T00:00:00Z' }, [field('.spec.template', 1, 2)], true).fate).toBe('none');
  });
});
