import { alertRuleInputSchema, type ClientFrameCall, type KubeObject, type ServerFrame, serverFrameSchema } from '@quarterdeck/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { localAgent, localPerson } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';
import type { Services } from '../routes/services.ts';
import { MemoryCluster } from '../testing/memory-cluster.ts';
import { testServices } from '../testing/test-app.ts';
import { LiveConnection } from './live-connection.ts';

let cluster: MemoryCluster;
let services: Services;

beforeEach(async () => {
  cluster = new MemoryCluster();
  services = await testServices([cluster.source]);
});

afterEach(async () => {
  services.alerts.close();
  await services.clusters.close();
});

function connect(actor: Actor = localPerson) {
  const frames: ServerFrame[] = [];
  const connection = new LiveConnection({ bufferedAmount: 0, send: (data) => void frames.push(serverFrameSchema.parse(JSON.parse(data))) }, actor, services);
  return { frames, connection, send: (frame: ClientFrameCall) => connection.receive(JSON.stringify(frame)) };
}

function event(name: string, namespace: string, count: number): KubeObject {
  const about = {
    involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace, name: 'web' },
    reason: 'BackOff',
    type: 'Warning',
    message: `Back-off ${count}0s`,
  };
  const at = '2026-05-04T12:00:00Z';
  return Object.assign({ apiVersion: 'v1', kind: 'Event', metadata: { name, namespace } }, about, { count, firstTimestamp: at, lastTimestamp: at });
}

it('events come grouped, and again when they change; other namespaces are not among them', async () => {
  cluster.apply(event('a', 'shop', 1));
  cluster.apply(event('b', 'shop', 2));
  cluster.apply(event('c', 'other', 9));
  const { frames, send, connection } = connect();
  await send({ type: 'subscribeEvents', id: 'e', namespace: 'shop' });
  await vi.waitFor(() => expect(frames[0]).toMatchObject({ type: 'eventsSnapshot', seq: 1, total: 1, events: 2, groups: [{ count: 3 }] }));
  cluster.apply(event('a', 'shop', 5));
  await vi.waitFor(() => expect(frames[1]).toMatchObject({ type: 'eventsSnapshot', seq: 2, groups: [{ count: 7 }] }));
  connection.close();
});

it('alerts come as those so far, then each as it is told, for who may read them', async () => {
  const rule = await services.alerts.rules.add(alertRuleInputSchema.parse({ name: 'on call', when: { on: 'issue' }, desktop: true }), 'me');
  await services.alerts.test(rule.id);
  const { frames, send, connection } = connect();
  await send({ type: 'subscribeAlerts', id: 'a' });
  expect(frames[0]).toMatchObject({ type: 'alertsSnapshot', alerts: [{ rule: { name: 'on call' } }] });
  await services.alerts.test(rule.id);
  expect(frames[1]).toMatchObject({ type: 'alertRaised', seq: 2, alert: { desktop: true, title: 'Test of an alert rule', tag: `test-${rule.id}` } });
  connection.close();
  await services.alerts.test(rule.id);
  expect(frames).toHaveLength(2);
  const stranger = connect(localAgent);
  await stranger.send({ type: 'subscribeAlerts', id: 'a' });
  expect(stranger.frames[0]).toMatchObject({ type: 'failed', error: { code: 'FORBIDDEN' } });
});
