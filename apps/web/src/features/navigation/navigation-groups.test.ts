import type { ResourceKind } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { navigationGroups } from './navigation-groups.ts';

function kind(name: string, group: ResourceKind['group'], apiVersion = 'v1'): ResourceKind {
  return { apiVersion, kind: name, plural: `${name.toLowerCase()}s`, namespaced: true, shortNames: [], group, verbs: ['list'] };
}

it('shows what people look for, in their order, and keeps machinery back', () => {
  const kinds = [
    kind('ReplicationController', 'workloads'),
    kind('Deployment', 'workloads', 'apps/v1'),
    kind('ControllerRevision', 'workloads', 'apps/v1'),
    kind('Pod', 'workloads'),
    kind('Event', 'cluster'),
    kind('Widget', 'custom', 'example.com/v1'),
    kind('RuntimeClass', 'cluster', 'node.k8s.io/v1'),
  ];
  const shown = navigationGroups(kinds).map((group) => [group.id, group.kinds.map((each) => each.kind), group.rest.map((each) => each.kind)]);
  expect(shown).toEqual([
    ['workloads', ['Pod', 'Deployment'], ['ControllerRevision', 'ReplicationController']],
    ['cluster', ['RuntimeClass'], []],
    ['custom', ['Widget'], []],
  ]);
});
