import { type Change, type Impact, type KubeObject, refTo } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { impactOf } from './impact.ts';

const web = refTo('Deployment', 'shop', 'web');
const deployment = (replicas: number, image: string): KubeObject =>
  Object.assign({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } }, { spec: { replicas, template: { image } } });
const scale = (replicas: number): Change => ({ verb: 'scale', target: web, replicas });
const label: Change = { verb: 'label', target: web, entries: { a: 'b' }, overwrite: false };

it.each<[string, Change, KubeObject | null, KubeObject | null, Impact, string]>([
  ['nothing left', scale(0), deployment(2, 'a'), null, 'high', 'No pod is left'],
  ['fewer', scale(1), deployment(3, 'a'), null, 'medium', '2 pods end.'],
  ['more', scale(3), deployment(2, 'a'), null, 'low', '1 pod more.'],
  ['as many', scale(2), deployment(2, 'a'), null, 'none', 'as many'],
  ['new pods', label, deployment(2, 'a'), deployment(2, 'b'), 'medium', 'replaced (2 pods)'],
  ['the object alone', label, deployment(2, 'a'), { ...deployment(2, 'a'), kind: 'x' }, 'low', 'Only this object'],
  ['nothing', label, deployment(2, 'a'), deployment(2, 'a'), 'none', 'Nothing changes'],
  ['applied down to none', label, deployment(2, 'a'), deployment(0, 'a'), 'high', 'No pod is left'],
  ['a namespace', { verb: 'delete', target: refTo('Namespace', null, 'shop') }, null, null, 'high', 'Everything in the namespace'],
  [
    'a pod that nobody owns',
    { verb: 'evict', target: refTo('Pod', 'shop', 'x') },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } },
    null,
    'medium',
    'nothing makes it anew',
  ],
  ['orphans', { verb: 'delete', target: web, propagation: 'orphan' }, null, null, 'medium', 'stays'],
])('%s', (_name, change, before, after, level, note) => {
  expect(impactOf(change, before, after)).toMatchObject({ level, note: expect.stringContaining(note) });
});
