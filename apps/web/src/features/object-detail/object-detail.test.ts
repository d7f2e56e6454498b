import type { EventGroup, KindTypes, Neighbour, ObjectRef } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { ref } from '../../testing/samples.ts';
import { containersIn, probeTarget, stateOfContainer } from './containers/container-states.ts';
import { failuresOf, stateOfProbe } from './containers/probe-line.tsx';
import type { ObjectSection } from './object-section.ts';
import { stateOfCondition } from './parts/conditions-part.tsx';
import { selectorText } from './parts/selector-link.tsx';
import { relationGroups } from './relations/relation-groups.ts';
import { stateOfCertificate } from './secrets/certificates-part.tsx';
import { chooseSection } from './section-choice.ts';
import { metricLines } from './summaries/autoscaler-metrics.ts';
import { plainFacts } from './summaries/plain-facts.ts';
import { rolloutStanding } from './summaries/rollout-standing.ts';
import { applyObjectFrame, refOfAddress } from './use-open-object.ts';

const found = (name: string) => ({ object: { metadata: { name } }, yaml: name });
const frame = (object: ReturnType<typeof found> | null) => ({ type: 'objectSnapshot' as const, id: 'a', seq: 1, found: object });

describe('an object that is followed', () => {
  it('stays readable when it is deleted, and is there again when it comes back', () => {
    const there = applyObjectFrame(null, frame(found('a')));
    const deleted = applyObjectFrame(there, frame(null));
    expect(deleted).toEqual({ there: false, read: found('a') });
    expect(applyObjectFrame(deleted, frame(found('b')))).toEqual({ there: true, read: found('b') });
    expect(applyObjectFrame(null, frame(null))).toEqual({ there: false, read: null });
  });

  it('is named by what it says, else by what the cluster serves, else by what Kubernetes has', () => {
    const address = { kind: 'Deployment.apps', namespace: 'shop', name: 'web' };
    expect(refOfAddress(address, null, []).apiVersion).toBe('apps/v1');
    expect(refOfAddress({ ...address, kind: 'Lamp.example.com' }, null, []).apiVersion).toBe('example.com/v1');
  });
});

it('shows the section that the URL names, else the first; of what is not there only what needs no object', () => {
  const section = (id: string, withoutObject: boolean) => ({ id, withoutObject, appliesTo: ({ kind }: ObjectRef) => kind === 'Pod' });
  const all = [section('summary', false), section('events', true)] as const;
  const choose = (presence: 'there' | 'absent', wanted?: string, object = ref('Pod', 'a')) =>
    chooseSection(all.map(panelless), object, { presence, read: presence === 'there' ? found('a') : null }, wanted).chosen?.id;
  expect([choose('there'), choose('there', 'events'), choose('there', 'none'), choose('absent', 'summary')]).toEqual([
    'summary',
    'events',
    'summary',
    'events',
  ]);
  expect(choose('there', 'summary', ref('Node', 'n', null))).toBeUndefined();
});

/** Which section is chosen does not depend on what it shows. */
function panelless(section: Pick<ObjectSection, 'id' | 'withoutObject' | 'appliesTo'>): ObjectSection {
  return {
    ...section,
    label: () => section.id,
    fills: false,
    get Panel(): never {
      throw new Error('nothing is shown here');
    },
  };
}

type Status = NonNullable<NonNullable<KindTypes['Pod']['status']>['containerStatuses']>[number];
const status = (change: Partial<Status>): Status => ({ name: 'app', image: 'i', imageID: '', ready: false, restartCount: 0, ...change });

describe('containers', () => {
  it('stand in the order in which they run, with what their status says', () => {
    const container = (name: string, restartPolicy?: string) => ({ name, image: name, ...(restartPolicy === undefined ? {} : { restartPolicy }) });
    const spec = { initContainers: [container('prepare'), container('proxy', 'Always')], containers: [container('app')] };
    const all = containersIn(spec, { containerStatuses: [status({ ready: true })] });
    expect(all.map(({ role, container: { name } }) => `${role} ${name}`)).toEqual(['init prepare', 'sidecar proxy', 'main app']);
    expect(all[2]?.status?.ready).toBe(true);
  });

  it.each([
    [{ state: { running: { startedAt: '2026-01-01T00:00:00Z' } }, ready: true }, 'healthy'],
    [{ state: { running: { startedAt: '2026-01-01T00:00:00Z' } } }, 'medium'],
    [{ state: { waiting: { reason: 'ContainerCreating' } } }, 'pending'],
    [{ state: { waiting: { reason: 'CrashLoopBackOff' } } }, 'critical'],
    [{ state: { terminated: { exitCode: 0 } } }, 'healthy'],
    [{ state: { terminated: { exitCode: 3 } } }, 'high'],
  ])('%j is %s', (change, health) => {
    expect(stateOfContainer({ role: 'main', status: status(change) }).health).toBe(health);
  });
});

describe('probes', () => {
  const at = '2026-01-01T00:10:00Z';
  const now = Date.parse(at);
  const failed: EventGroup = {
    ...{ id: '1', type: 'Warning', reason: 'Unhealthy', object: ref('Pod', 'a'), count: 9 },
    message: 'Readiness probe failed: refused',
    firstAt: at,
    lastAt: at,
    source: 'kubelet',
  };
  const running = (change: Partial<Status>) => status({ state: { running: { startedAt: '2026-01-01T00:00:00Z' } }, ...change });

  it('stand as the container says; a failure before it started is of another life', () => {
    expect(failuresOf('liveness', [failed])).toEqual([]);
    expect(stateOfProbe('readiness', {}, running({}), failuresOf('readiness', [failed]), now)).toBe('high');
    expect(stateOfProbe('readiness', {}, running({ ready: true }), [failed], now)).toBe('healthy');
    expect(stateOfProbe('readiness', {}, running({ state: { running: { startedAt: '2026-01-01T00:11:00Z' } } }), [failed], now)).toBe('pending');
    expect(stateOfProbe('liveness', {}, running({ started: true }), [failed], now + 10_000)).toBe('high');
    expect(stateOfProbe('liveness', {}, running({ started: true }), [failed], now + 90_000)).toBe('healthy');
    const justNow = running({ started: true, state: { running: { startedAt: at } } });
    expect(stateOfProbe('liveness', {}, justNow, [], now + 20_000)).toBe('unknown');
    expect(stateOfProbe('readiness', {}, null, [], now)).toBeNull();
  });

  it('say what they ask', () => {
    expect(probeTarget({ httpGet: { port: 8080, path: '/up', scheme: 'HTTPS' } })).toBe('GET https://:8080/up');
    expect([probeTarget({ tcpSocket: { port: 'db' } }), probeTarget({ exec: { command: ['cat', '/x'] } })]).toEqual(['TCP :db', 'cat /x']);
  });
});

it('takes a pressure for bad when it is true, and readiness when it is false', () => {
  const states = [
    ['MemoryPressure', 'True'],
    ['MemoryPressure', 'False'],
    ['Ready', 'False'],
    ['Ready', 'Unknown'],
  ].map(([type = '', word = '']) => stateOfCondition({ type, status: word }));
  expect(states).toEqual(['high', 'healthy', 'high', 'unknown']);
});

it('writes selectors as kubectl takes them', () => {
  const matchExpressions = [
    { key: 'tier', operator: 'In', values: ['a', 'b'] },
    { key: 'old', operator: 'DoesNotExist' },
  ];
  expect(selectorText({ matchLabels: { app: 'web' }, matchExpressions })).toBe('app=web,tier in (a,b),!old');
});

it('joins neighbours by what connects them, each of them once', () => {
  const neighbour = (type: string, name: string, direction: Neighbour['direction'] = 'out'): Neighbour => ({
    ...{ type, direction, object: ref('ConfigMap', name), exists: true, state: 'healthy', text: '' },
    ...{ path: 'spec', detail: null },
  });
  const groups = relationGroups({ neighbours: [neighbour('reads', 'a'), neighbour('mounts', 'b'), neighbour('reads', 'a'), neighbour('reads', 'c', 'in')] });
  expect(groups.map(({ type, direction, members }) => `${type} ${direction} ${members.length}`)).toEqual(['mounts out 1', 'reads in 1', 'reads out 1']);
});

it('reads how far a rollout is as kubectl does', () => {
  const counts = { desired: 3, updated: 3, ready: 3, available: 3, seen: true, stuck: false };
  const is = (change: Partial<typeof counts>, paused = false) => rolloutStanding({ ...counts, ...change }, paused).is;
  expect([is({}), is({ updated: 1 }), is({ available: 2 }), is({ seen: false }), is({ stuck: true }), is({}, true), is({ desired: 0 })]).toEqual([
    ...['done', 'updating', 'waiting', 'unseen', 'stuck', 'paused', 'zero'],
  ]);
});

it('tells a certificate that ends soon, has ended, or has not begun', () => {
  const day = 86_400_000;
  const until = (days: number, from = -1) =>
    stateOfCertificate({ notBefore: new Date(from * day).toISOString(), notAfter: new Date(days * day).toISOString() }, 0);
  expect([until(90), until(20), until(3), until(-1), until(90, 1)]).toEqual(['healthy', 'medium', 'high', 'critical', 'critical']);
});

it('shows the targets of an autoscaler with what was measured', () => {
  const target = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } };
  const measured = { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 35, averageValue: '35m' } } };
  expect(metricLines([target], [measured])).toEqual([{ name: 'cpu', current: '35%', target: '80%' }]);
  expect(metricLines([target], [])).toEqual([{ name: 'cpu', current: null, target: '80%' }]);
});

it('tells the plain values of an unknown kind, and the size of what is larger', () => {
  const facts = plainFacts(
    { size: 3, conditions: [{ type: 'Ready' }], parts: ['a', 'b'], rules: [{}, {}], deep: { er: { est: { of: 'all' } } }, none: null },
    9,
  );
  expect(facts.map(({ path, value }) => `${path}=${value}`)).toEqual(['size=3', 'parts=a, b', 'rules=[2]', 'deep.er.est={…}']);
});
