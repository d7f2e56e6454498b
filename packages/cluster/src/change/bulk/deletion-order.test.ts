import { type Change, type KubeObject, type ObjectRef, refTo } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { deletionOrder, type Planned } from './deletion-order.ts';

function planned(index: number, target: ObjectRef, uid: string, owner?: string): Planned {
  const change: Change = { verb: 'delete', target };
  const ownerReferences = owner === undefined ? [] : [{ apiVersion: 'apps/v1', kind: 'x', name: 'x', uid: owner }];
  const live: KubeObject = { apiVersion: target.apiVersion, kind: target.kind, metadata: { name: target.name, uid, ownerReferences } };
  return { change, index, live };
}

it('is owners first, whatever order they came in, and namespaces last', () => {
  const order = deletionOrder([
    planned(0, refTo('Namespace', null, 'shop'), 'n'),
    planned(1, refTo('Pod', 'other', 'pod'), 'p', 'r'),
    planned(2, refTo('ReplicaSet', 'other', 'set'), 'r', 'd'),
    planned(3, refTo('Deployment', 'other', 'web'), 'd'),
    planned(4, refTo('ConfigMap', 'other', 'last'), 'c'),
  ]);
  expect(order.map(({ change }) => change.target.name)).toEqual(['web', 'last', 'set', 'pod', 'shop']);
});

it('survives owners that own each other', () => {
  const order = deletionOrder([planned(0, refTo('Pod', 'a', 'one'), '1', '2'), planned(1, refTo('Pod', 'a', 'two'), '2', '1')]);
  expect(order).toHaveLength(2);
});
