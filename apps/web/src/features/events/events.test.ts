import type { EventGroup } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { evidence, issue, ref } from '../../testing/samples.ts';
import { issuesByObject, selectEvents } from './use-events.ts';

const group = (id: string, reason: string, namespace: string): EventGroup => ({
  ...{ id, reason, type: 'Warning', object: ref('Pod', id, namespace), message: 'm', count: 1, firstAt: null, lastAt: null, source: 'kubelet' },
});

it('counts reasons beside the chosen one, in the namespaces of the page', () => {
  const groups = [group('a', 'BackOff', 'shop'), group('b', 'BackOff', 'bank'), group('c', 'Unhealthy', 'shop'), group('d', 'BackOff', 'other')];
  const { shown, reasons } = selectEvents(groups, ['shop', 'bank'], 'Unhealthy');
  expect(shown.map(({ id }) => id)).toEqual(['c']);
  expect(reasons).toEqual([
    ['BackOff', 2],
    ['Unhealthy', 1],
  ]);
});

it('finds the worst issue of an object by its cause, what it affects and what proves it', () => {
  const pod = { ...evidence('x'), object: ref('Pod', 'api-1') };
  const [worst, other] = [issue({ id: 'worst', evidence: [pod] }), issue({ id: 'other', cause: ref('Pod', 'api-1'), affected: [ref('Pod', 'api-2')] })];
  const found = issuesByObject([worst, other]);
  expect([...found.values()].map(({ id }) => id)).toEqual(['worst', 'worst', 'worst', 'other']);
});
