import type { HealthState, TreeNode } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { ref } from '../../testing/samples.ts';
import { branchIds, filterTree, visibleNodes } from './visible-nodes.ts';

function node(kind: string, label: string, children: TreeNode[] = [], state: HealthState = 'healthy'): TreeNode {
  const object = kind === 'Container' ? null : ref(kind, label);
  return { id: label, label, kind, object, state, stateText: '', children };
}

const calm = node('Namespace', 'calm', [node('Pod', 'well', [node('Container', 'app')])]);
const troubled = node(
  'Namespace',
  'shop',
  [node('Deployment', 'web', [node('Pod', 'web-1', [node('Container', 'nginx')], 'critical')], 'critical')],
  'critical',
);
const labels = (nodes: TreeNode[], choices: [string, boolean][] = [], all = false) =>
  visibleNodes(nodes, new Map(choices), all).map(({ node: { label }, level }) => `${'.'.repeat(level - 1)}${label}`);

it('opens namespaces with trouble, and else what somebody opens', () => {
  expect(labels([calm, troubled])).toEqual(['calm', 'shop', '.web']);
  expect(
    labels(
      [calm, troubled],
      [
        ['calm', true],
        ['well', true],
        ['shop', false],
      ],
    ),
  ).toEqual(['calm', '.well', '..app', 'shop']);
});

it('keeps what leads to what is looked for, and all below it', () => {
  expect(labels(filterTree([calm, troubled], 'nginx'), [], true)).toEqual(['shop', '.web', '..web-1', '...nginx']);
  expect(labels(filterTree([calm, troubled], 'pod well'), [], true)).toEqual(['calm', '.well', '..app']);
});

it('knows the pod that a container is in, and all that can be opened', () => {
  expect(visibleNodes([calm], new Map(), true).at(-1)?.within?.name).toBe('well');
  expect(branchIds([calm, troubled])).toEqual(['calm', 'well', 'shop', 'web', 'web-1']);
});
