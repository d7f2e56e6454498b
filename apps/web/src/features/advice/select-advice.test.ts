import type { Advice } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { ref } from '../../testing/samples.ts';
import { selectAdvice } from './select-advice.ts';

const advice = (check: string, severity: Advice['severity'], name: string, namespace = 'shop'): Advice => {
  const object = ref('Deployment', name, namespace, 'apps/v1');
  return { check, title: `Title of ${check}`, severity, object, places: [{ object, path: null, container: null, message: `about ${name}` }] };
};
const all = [advice('probes', 'info', 'api'), advice('probes', 'info', 'web'), advice('image-latest', 'low', 'api'), advice('probes', 'info', 'db', 'bank')];
const told = (selection: ReturnType<typeof selectAdvice>) => selection.groups.map(({ title, advice: members }) => [title, members.length]);

it('groups by check, what may bite first, and by object', () => {
  expect(told(selectAdvice(all, [], {}))).toEqual([
    ['Title of image-latest', 1],
    ['Title of probes', 3],
  ]);
  expect(told(selectAdvice(all, ['shop'], { group: 'object' }))).toEqual([
    ['Deployment shop/api', 2],
    ['Deployment shop/web', 1],
  ]);
});

it('filters by words, check and weight, and counts weights beside the chosen one', () => {
  const selection = selectAdvice(all, [], { q: 'API', severity: 'info' });
  expect(told(selection)).toEqual([['Title of probes', 1]]);
  expect(selection.counts).toEqual({ low: 1, info: 1 });
  expect(selectAdvice(all, [], { check: 'image-latest' }).total).toBe(1);
});
