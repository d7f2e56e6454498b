import type { KubeObject } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { groupEvents, messageTemplate } from './group-events.ts';

let made = 0;
function event(change: { reason?: string; message?: string; pod?: string; count?: number; at?: string; type?: string; namespace?: string } = {}): KubeObject {
  const {
    reason = 'BackOff',
    message = 'Back-off 10s restarting',
    pod = 'a',
    count = 1,
    at = '2026-05-04T12:00:00Z',
    type = 'Warning',
    namespace = 'shop',
  } = change;
  const metadata = { name: `e${made++}`, namespace };
  const involvedObject = { apiVersion: 'v1', kind: 'Pod', namespace, name: pod };
  return Object.assign({ apiVersion: 'v1', kind: 'Event', metadata }, { involvedObject, reason, message, type, count, firstTimestamp: at, lastTimestamp: at });
}

const all = { search: '', limit: 100 };

it('tells what has the same reason, object and wording once, with all occurrences', () => {
  const events = [
    event({ message: 'Back-off 10s restarting', count: 3, at: '2026-05-04T12:00:00Z' }),
    event({ message: 'Back-off 20s restarting', count: 4, at: '2026-05-04T12:05:00Z' }),
    event({ message: 'Back-off pulling image' }),
    event({ pod: 'b' }),
    event({ reason: 'Killing', type: 'Normal', at: '2026-05-04T12:09:00Z' }),
  ];
  const { groups, total, events: counted } = groupEvents(events, all);
  expect([total, counted]).toEqual([4, 5]);
  expect(groups[0]).toMatchObject({ reason: 'Killing' });
  expect(groups.find(({ message }) => message === 'Back-off 20s restarting')).toMatchObject({
    count: 7,
    firstAt: '2026-05-04T12:00:00Z',
    lastAt: '2026-05-04T12:05:00Z',
  });
});

it('finds by namespace, type and words, and says how many there are beyond the limit', () => {
  const events = [event(), event({ pod: 'web', namespace: 'other' }), event({ type: 'Normal', reason: 'Pulled' })];
  expect(groupEvents(events, { ...all, namespace: 'other' }).groups.map(({ object }) => object.name)).toEqual(['web']);
  expect(groupEvents(events, { ...all, eventType: 'Normal' }).groups.map(({ reason }) => reason)).toEqual(['Pulled']);
  expect(groupEvents(events, { ...all, search: 'other/web back' }).total).toBe(1);
  expect(groupEvents(events, { ...all, about: 'Pod/web,Node/web' }).groups.map(({ object }) => object.name)).toEqual(['web']);
  expect(groupEvents(events, { ...all, limit: 1 })).toMatchObject({ total: 3, groups: [expect.anything()] });
});

it.each([
  [
    'Back-off restarting failed container app in pod web-5f4d7c6b9-x2z4q_shop(0b5e9a52-8f43-4a39-8f0d-6b8c6d6c1d11)',
    'Back-off restarting failed container app in pod web-*_shop(*)',
  ],
  [
    'Readiness probe failed: Get "http://10.1.2.3:8080/": context deadline exceeded after 1.5s',
    'Readiness probe failed: Get "http://*:*/": context deadline exceeded after *',
  ],
  ['pulled image sha256:0123456789abcdef0123 in 3.2s', 'pulled image sha*:* in *'],
])('%s', (message, template) => expect(messageTemplate(message)).toBe(template));
